import { Injectable } from '@nestjs/common';
import {
  Database,
  hashSecret,
  KeyRing,
  looksLikeSecret,
  newSecret,
  parseInput,
  type Transaction,
  uuid7,
} from '@assent/platform';
import { z } from 'zod';
import {
  IdentityProviders,
  type ProviderClient,
  ProviderFault,
  type SignOnSecrets,
} from '../adapters/identity-providers.js';
import { Refused } from '../domain/refused.js';
import {
  domainOf,
  isOwnDomain,
  judgeClaims,
  type SignedOn,
  type SingleSignOn,
} from '../domain/single-sign-on.js';
import { SINGLE_SIGN_ON_REASONS } from '../domain/single-sign-on-reasons.js';
import { IdentityStore } from '../persistence/identity.store.js';
import type { MemberRow } from '../persistence/member.row.js';
import { MemberStore } from '../persistence/member.store.js';
import { SignInCodeStore } from '../persistence/sign-in-code.store.js';
import { SignOnStore } from '../persistence/sign-on.store.js';
import { type SealedConnection, SingleSignOnStore } from '../persistence/single-sign-on.store.js';
import { SingleSignOnVault } from '../persistence/single-sign-on-vault.js';
import { type OpenedSession, OpenMemberSession } from './open-member-session.js';
import { emailRule, idRule, nameRule } from './rules.js';

/** As long as a code lives. */
const LIFETIME_SECONDS = 600;
/** When a provider that did not answer may be asked again. */
const RETRY_MS = 5_000;

const beginRule = z.object({ business: idRule('biz') });
const completeRule = z.object({
  attempt: z.string().max(100, 'must be what beginSingleSignOn answered'),
  callbackUrl: z
    .string()
    .max(8_192, 'must have at most 8,192 characters')
    .refine((text) => URL.canParse(text), 'must be the URL that the browser was sent back to'),
});

type Reason = 'SINGLE_SIGN_ON_OFF' | 'PROVIDER_UNAVAILABLE' | 'SIGN_ON_INVALID' | 'SIGN_ON_NOT_ALLOWED';
export type SignOnRefused = Refused<Reason>;

/** A sign-in that was begun. */
export interface BegunSignOn {
  authorizationUrl: string;
  /** What completes it: for the browser that began it only. */
  attempt: string;
  expiresAt: Date;
}

/**
 * Signs members in at the identity provider of their business. A sign-in hangs on one secret that the browser keeps: state, nonce
 * and the verifier of PKCE are made of it under a key of the platform, so they belong together, and a stolen table has none of them.
 */
@Injectable()
export class SignInByProvider {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly providers: IdentityProviders,
    private readonly connections: SingleSignOnStore,
    private readonly vault: SingleSignOnVault,
    private readonly signOns: SignOnStore,
    private readonly members: MemberStore,
    private readonly codes: SignInCodeStore,
    private readonly identities: IdentityStore,
    private readonly session: OpenMemberSession,
  ) {}

  async begin(input: z.input<typeof beginRule>): Promise<BegunSignOn | SignOnRefused> {
    const { business: businessId } = parseInput(beginRule, input);
    const { connection, now } = await this.database.transaction({ role: 'gate' }, async (tx) => {
      const [found, at] = await Promise.all([this.connections.withSecret(tx, businessId), tx.now()]);
      return { connection: found, now: at };
    });
    if (!connection) return refused('SINGLE_SIGN_ON_OFF', now);
    const attempt = newSecret('sot');
    const url = await this.providers.authorizationUrl(this.clientOf(connection), this.secretsOf(attempt));
    if (url instanceof ProviderFault) return refused('PROVIDER_UNAVAILABLE', now);
    const begun = { hash: hashSecret(this.keys, attempt), businessId, connectionId: connection.id };
    const expiresAt = await this.database.transaction({ role: 'gate' }, (tx) =>
      this.signOns.begin(tx, begun, LIFETIME_SECONDS),
    );
    return { authorizationUrl: url.href, attempt, expiresAt };
  }

  /**
   * The provider is asked between two transactions, after the attempt was used up: whoever guesses has one guess.
   * Locks: the connection, then the row of codes of an address that becomes a member.
   */
  async complete(input: z.input<typeof completeRule>): Promise<OpenedSession | SignOnRefused> {
    const { attempt, callbackUrl } = parseInput(completeRule, input);
    const { connection, now } = await this.database.transaction({ role: 'gate' }, async (tx) => {
      const [found, at] = await Promise.all([this.take(tx, attempt), tx.now()]);
      return { connection: found, now: at };
    });
    if (!connection) return refused('SIGN_ON_INVALID', now);
    const { search } = new URL(callbackUrl);
    const claims = await this.providers.claims(this.clientOf(connection), this.secretsOf(attempt), search);
    if (claims instanceof ProviderFault) {
      return refused(claims.kind === 'UNAVAILABLE' ? 'PROVIDER_UNAVAILABLE' : 'SIGN_ON_INVALID', now);
    }
    const signedOn = judgeClaims(claims, connection);
    if (!signedOn) return refused('SIGN_ON_NOT_ALLOWED', now);
    return this.database.transaction({ role: 'gate' }, async (tx) => {
      if (!(await this.connections.use(tx, connection))) return refused('SIGN_ON_INVALID', now);
      const member = await this.memberOf(tx, connection, signedOn);
      if (!member) return refused('SIGN_ON_NOT_ALLOWED', now);
      const { businessId } = connection;
      return this.session.execute(tx, { ...member, businessId }, await tx.now(), 'completeSingleSignOn');
    });
  }

  /** The connection that a sign-in began with, where it is still the one. */
  private async take(tx: Transaction, attempt: string): Promise<SealedConnection | undefined> {
    if (!looksLikeSecret('sot', attempt)) return undefined;
    const taken = await this.signOns.take(tx, hashSecret(this.keys, attempt));
    const connection = taken && (await this.connections.withSecret(tx, taken.businessId));
    return connection?.id === taken?.connectionId ? connection : undefined;
  }

  /**
   * Who it is: the member that the account is bound to, else the one of this very business who has its verified address, and
   * is bound to it from now on. Members of other businesses are nobody here.
   */
  private async memberOf(
    tx: Transaction,
    { businessId, issuer, emailDomains, defaultRole }: SingleSignOn,
    { subject, email, name }: SignedOn,
  ): Promise<Pick<MemberRow, 'id' | 'role'> | undefined> {
    const account = { businessId, issuer, subject };
    const bound = await this.signOns.memberOf(tx, account);
    if (bound) return bound;
    const address = emailRule.safeParse(email);
    if (!address.success) return undefined;
    // Whoever registers with this address waits, and finds the member then.
    await this.codes.lockOrMake(tx, address.data);
    const known = await this.members.byEmail(tx, address.data);
    const isOurs = known?.businessId === businessId;
    const joins = !known && defaultRole !== null && emailDomains.includes(domainOf(address.data));
    const member = isOurs
      ? known
      : joins && (await this.join(tx, businessId, defaultRole, address.data, name));
    return member && (await this.signOns.link(tx, account, member.id)) ? member : undefined;
  }

  /** Makes a member, where the business has proved the website of the address's domain. */
  private async join(
    tx: Transaction,
    businessId: string,
    role: MemberRow['role'],
    email: string,
    given: string | undefined,
  ): Promise<MemberRow | undefined> {
    // Verifications are read as the business, which may read its own.
    await tx.become({ role: 'business', businessId });
    const identity = (await this.identities.byIds(tx, [businessId])).get(businessId);
    await tx.become({ role: 'gate' });
    if (!isOwnDomain(domainOf(email), identity?.hostname ?? null)) return undefined;
    const createdAt = await tx.now();
    const named = nameRule(120).safeParse(given ?? '');
    const name = named.success ? named.data : email.slice(0, 120);
    const member = { id: uuid7(createdAt.getTime()), businessId, email, name, role, createdAt };
    await this.members.add(tx, member);
    return member;
  }

  private clientOf(connection: SealedConnection): ProviderClient {
    return { ...connection, clientSecret: this.vault.open(connection.businessId, connection.secretSealed) };
  }

  private secretsOf(attempt: string): SignOnSecrets {
    const made = (what: string) => this.keys.mac('sign-on', `${what}:${attempt}`, 1).toString('base64url');
    return { state: made('state'), nonce: made('nonce'), codeVerifier: made('verifier') };
  }
}

function refused(reason: Reason, now: Date): SignOnRefused {
  const retryAt = reason === 'PROVIDER_UNAVAILABLE' ? new Date(now.getTime() + RETRY_MS) : null;
  return new Refused(reason, SINGLE_SIGN_ON_REASONS[reason].message, retryAt);
}
