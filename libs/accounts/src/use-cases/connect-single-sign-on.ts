import { Injectable } from '@nestjs/common';
import { AuditOperations } from '@assent/ledger';
import {
  Configuration,
  Database,
  isEncryptedOrNear,
  parseInput,
  publicId,
  type Transaction,
  uuid7,
} from '@assent/platform';
import { z } from 'zod';
import { IdentityProviders } from '../adapters/identity-providers.js';
import { MemberRole } from '../domain/permissions.js';
import { Refused } from '../domain/refused.js';
import { isOwnDomain, type SingleSignOn } from '../domain/single-sign-on.js';
import { SINGLE_SIGN_ON_REASONS } from '../domain/single-sign-on-reasons.js';
import type { BusinessViewer } from '../domain/viewers.js';
import { BusinessStore } from '../persistence/business.store.js';
import { IdentityStore } from '../persistence/identity.store.js';
import { SignOnStore } from '../persistence/sign-on.store.js';
import { SingleSignOnStore } from '../persistence/single-sign-on.store.js';
import { SingleSignOnVault } from '../persistence/single-sign-on-vault.js';
import { AskForFreshSession } from './ask-for-fresh-session.js';
import { NotifyOwners } from './notify-owners.js';
import { textRule } from './rules.js';

const MOST_DOMAINS = 20;
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;

const urlRule = (rule: string, isRight: (url: URL) => boolean) =>
  z
    .string()
    .max(500, 'must have at most 500 characters')
    .refine((text) => URL.canParse(text) && isRight(new URL(text)) && !/[?#\s]/.test(text), rule);
const isPlain = ({ username, password }: URL) => !username && !password;

const schema = (allowHttp: boolean) =>
  z.object({
    issuer: urlRule(
      'must be an https URL without query and fragment',
      (url) => isPlain(url) && (url.protocol === 'https:' || (allowHttp && url.protocol === 'http:')),
    ),
    clientId: textRule(255),
    clientSecret: textRule(1_000),
    redirectUri: urlRule(
      'must be an https URL, or one of http on 127.0.0.1, [::1] or localhost, without query and fragment',
      (url) => isPlain(url) && isEncryptedOrNear(url),
    ),
    emailDomains: z
      .array(
        z
          .string()
          .trim()
          .toLowerCase()
          .regex(DOMAIN, 'must be a domain, as it stands behind the @ of addresses'),
      )
      .max(MOST_DOMAINS, `must have at most ${MOST_DOMAINS} domains`)
      .nullish()
      .transform((domains) => [...new Set(domains)]),
    requiredClaim: z.object({ name: textRule(255), value: textRule(255) }).nullish(),
    defaultRole: z
      .enum(MemberRole)
      .refine((role) => role !== 'OWNER', 'must be ADMIN, AGENT or ANALYST')
      .nullish(),
    required: z.boolean().nullish(),
  });

type Input = z.input<ReturnType<typeof schema>>;
export type ConnectRefused = Refused<'SIGN_IN_AGAIN' | 'PROVIDER_NOT_USABLE' | 'DOMAIN_NOT_OWN'>;

/** Connects a business with its identity provider, in place of the one before, or disconnects it. */
@Injectable()
export class ConnectSingleSignOn {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly providers: IdentityProviders,
    private readonly connections: SingleSignOnStore,
    private readonly vault: SingleSignOnVault,
    private readonly businesses: BusinessStore,
    private readonly signOns: SignOnStore,
    private readonly fresh: AskForFreshSession,
    private readonly identities: IdentityStore,
    private readonly owners: NotifyOwners,
    private readonly audit: AuditOperations,
  ) {}

  async read({ businessId }: BusinessViewer): Promise<SingleSignOn | undefined> {
    return this.database.transaction({ role: 'business', businessId }, (tx) =>
      this.connections.byBusiness(tx, businessId),
    );
  }

  /** The provider is asked for its metadata between two transactions; it records itself in the last. */
  async connect(viewer: BusinessViewer, input: Input): Promise<SingleSignOn | ConnectRefused> {
    const { clientSecret, ...given } = parseInput(schema(this.configuration.allowPrivateProviders), input);
    const { businessId, actor } = viewer;
    if (!('memberId' in actor)) throw new Error('Only a member connects an identity provider');
    const { emailDomains, requiredClaim = null, defaultRole = null } = given;
    const scope = { role: 'business', businessId } as const;
    const early = await this.database.transaction(scope, async (tx) => {
      return (
        (await this.fresh.execute(tx, viewer)) ??
        (await this.foreign(tx, businessId, emailDomains, defaultRole))
      );
    });
    if (early) return early;
    const fault = await this.providers.check({ ...given, clientSecret });
    if (fault) {
      const message = `Asked for its metadata, the issuer gave ${fault.found}. Check it.`;
      return new Refused('PROVIDER_NOT_USABLE', message);
    }
    return this.database.transaction(scope, async (tx) => {
      // Two that connect take turns.
      await this.businesses.lockStatus(tx, businessId);
      const connectedAt = await tx.now();
      const connection: SingleSignOn = {
        ...given,
        id: uuid7(connectedAt.getTime()),
        businessId,
        emailDomains,
        requiredClaim,
        defaultRole,
        required: given.required ?? false,
        connectedAt,
        lastUsedAt: null,
      };
      const secretSealed = this.vault.seal(businessId, clientSecret);
      const before = await this.connections.byBusiness(tx, businessId);
      await this.connections.disconnect(tx, businessId);
      await this.connections.connect(tx, { ...connection, secretSealed }, actor.memberId);
      await this.connections.endSessions(tx, businessId);
      // Another provider's subjects are other people.
      if (before?.issuer !== connection.issuer) await this.signOns.unlinkAll(tx, businessId);
      await this.owners.execute(tx, businessId, CONNECTED);
      await this.audit.recordDone(tx, [publicId('biz', businessId)]);
      return connection;
    });
  }

  /** Ends it, and every session that was opened by it. @returns whether anything was connected */
  async disconnect(viewer: BusinessViewer): Promise<boolean | Refused<'SIGN_IN_AGAIN'>> {
    const { businessId } = viewer;
    return this.database.transaction({ role: 'business', businessId }, async (tx) => {
      const stale = await this.fresh.execute(tx, viewer);
      if (stale) return stale;
      if (!(await this.connections.disconnect(tx, businessId))) return false;
      await this.connections.endSessions(tx, businessId);
      await this.signOns.unlinkAll(tx, businessId);
      await this.owners.execute(tx, businessId, DISCONNECTED);
      return true;
    });
  }

  /** Whoever is made a member by a provider must not take somebody else's address with it. */
  private async foreign(
    tx: Transaction,
    businessId: string,
    domains: readonly string[],
    defaultRole: SingleSignOn['defaultRole'],
  ) {
    if (defaultRole === null) return undefined;
    const identity = (await this.identities.byIds(tx, [businessId])).get(businessId);
    const areOwn = domains.every((domain) => isOwnDomain(domain, identity?.hostname ?? null));
    if (domains.length > 0 && areOwn) return undefined;
    return new Refused('DOMAIN_NOT_OWN', SINGLE_SIGN_ON_REASONS.DOMAIN_NOT_OWN.message);
  }
}

const CONNECTED = {
  subject: 'Single sign-on was connected',
  text: 'An owner of your business connected an identity provider on Assent: whoever it vouches for signs in as a member. If nobody of you did, sign in by a code and disconnect it at once.',
};
const DISCONNECTED = {
  subject: 'Single sign-on was disconnected',
  text: 'An owner of your business disconnected its identity provider from Assent. Members sign in by codes again.',
};
