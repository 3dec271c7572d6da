import { Injectable } from '@nestjs/common';
import { plainAct, RecordActs } from '@assent/ledger';
import { Database, parseInput, publicId, type Transaction, uuid7 } from '@assent/platform';
import { z } from 'zod';
import { Refused } from '../domain/refused.js';
import type { CodeRefused } from '../domain/sign-in-code.js';
import { MemberStore } from '../persistence/member.store.js';
import { IssueSignInCode } from './issue-sign-in-code.js';
import { countryRule, emailRule, nameRule } from './rules.js';

const schema = z.object({
  displayName: nameRule(120),
  country: countryRule,
  ownerName: nameRule(120),
  ownerEmail: emailRule,
});

/** Registers a business with its owner, and sends the owner a code to sign in with. */
@Injectable()
export class RegisterBusiness {
  constructor(
    private readonly database: Database,
    private readonly members: MemberStore,
    private readonly code: IssueSignInCode,
    private readonly acts: RecordActs,
  ) {}

  /** The same answer for an address that is a member's already; what differs stands in the mail. */
  async execute(input: z.input<typeof schema>): Promise<{ codeExpiresAt: Date } | CodeRefused> {
    const registration = parseInput(schema, input);
    const outcome = await this.database.transaction({ role: 'gate' }, async (tx) => {
      // Two registrations with one address take turns at its row of codes, so the second finds the first one's member.
      const issued = await this.code.keep(tx, registration.ownerEmail);
      if (issued instanceof Refused) return issued;
      const known = await this.members.byEmail(tx, registration.ownerEmail);
      if (!known) await this.found(tx, registration, issued.now);
      return { issued, known: known !== null };
    });
    if (outcome instanceof Refused) return outcome;
    this.code.send(outcome.issued, outcome.known ? 'REGISTERED_AGAIN' : 'REGISTERED');
    return { codeExpiresAt: outcome.issued.expiresAt };
  }

  private async found(tx: Transaction, registration: z.output<typeof schema>, now: Date): Promise<void> {
    const { displayName, country, ownerName, ownerEmail } = registration;
    const [businessId, ownerId] = [uuid7(now.getTime()), uuid7(now.getTime())];
    await this.members.found(
      tx,
      {
        id: businessId,
        displayName,
        country,
        status: 'UNVERIFIED',
        reachTier: 'TIER_250',
        category: null,
        createdAt: now,
      },
      {
        id: ownerId,
        businessId,
        email: ownerEmail,
        name: ownerName,
        role: 'OWNER',
        createdAt: now,
      },
    );
    await this.acts.within(
      tx,
      plainAct({
        ledger: businessId,
        actorKind: 'MEMBER',
        actorId: ownerId,
        name: 'registerBusiness',
        subjects: [publicId('biz', businessId), publicId('mem', ownerId)],
      }),
    );
  }
}
