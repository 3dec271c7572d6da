import { Injectable } from '@nestjs/common';
import type { AdminViewer } from '@assent/accounts';
import { BadInputError, Database, parseInput } from '@assent/platform';
import type { PublishedPolicy } from '../domain/policy.js';
import { PolicyStore } from '../persistence/policy.store.js';
import { type PolicyInput, policySchema, toRows } from './policy-input.js';

/** Further ahead is a slip of the pen. */
const MOST_DAYS_AHEAD = 366;
const DAY_MS = 86_400_000;
const TIME_RULE = `must not be in the past, nor more than ${MOST_DAYS_AHEAD} days ahead`;

/** Somebody published since the admin looked: the newest version now. */
export interface PolicyChanged {
  newest: number;
}

/** Publishes the next version of the consent policy. Of two admins who publish at once, one has. */
@Injectable()
export class PublishPolicy {
  constructor(
    private readonly database: Database,
    private readonly policies: PolicyStore,
  ) {}

  /** @throws BadInputError */
  async execute({ adminId }: AdminViewer, input: PolicyInput): Promise<PublishedPolicy | PolicyChanged> {
    const { replaces, effectiveAt, note, rows } = parseInput(policySchema, input);
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      const [now, newest] = await Promise.all([tx.now(), this.policies.newest(tx)]);
      const from = effectiveAt ?? now;
      if (from < now || from.getTime() > now.getTime() + MOST_DAYS_AHEAD * DAY_MS) {
        throw new BadInputError([{ field: 'input.effectiveAt', rule: TIME_RULE }]);
      }
      if (newest !== replaces) return { newest };
      const version = replaces + 1;
      const policy = {
        version,
        effectiveAt: from,
        publishedAt: now,
        publishedBy: adminId,
        note,
        rows: toRows(rows),
      };
      if (!(await this.policies.add(tx, policy))) return { newest: await this.policies.newest(tx) };
      const published = await this.policies.published(tx, version);
      if (!published) throw new Error('A policy was not published');
      return published;
    });
  }
}
