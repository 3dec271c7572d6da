import { Injectable } from '@nestjs/common';
import { BadInputError, Database, hashSecret, KeyRing, newSecret, parseInput, uuid7 } from '@assent/platform';
import { z } from 'zod';
import type { ApiKey } from '../domain/api-key.js';
import { ApiMode } from '../domain/api-mode.js';
import { KEY_SCOPES } from '../domain/permissions.js';
import { Refused } from '../domain/refused.js';
import type { BusinessViewer } from '../domain/viewers.js';
import { ApiKeyStore } from '../persistence/api-key.store.js';
import { BusinessStore } from '../persistence/business.store.js';
import { SandboxStore } from '../persistence/sandbox.store.js';
import { nameRule } from './rules.js';

const MOST_KEYS = 50;
const HINT_LETTERS = 4;

const schema = z.object({
  mode: z.enum(ApiMode, 'must be LIVE or TEST').default('LIVE'),
  name: nameRule(120),
  scopes: z
    .array(
      z
        .string()
        .refine(
          (scope) => (KEY_SCOPES as readonly string[]).includes(scope),
          `must be one of ${KEY_SCOPES.join(', ')}`,
        ),
    )
    .min(1, 'must name at least one scope')
    .max(KEY_SCOPES.length * 2, 'must name each scope once')
    .transform((scopes) => [...new Set(scopes)].sort()),
  expiresAt: z.date('must be a time').nullish(),
});

/** Makes an API key. The secret is in this answer and nowhere else: what is stored is its hash. */
@Injectable()
export class CreateApiKey {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly businesses: BusinessStore,
    private readonly apiKeys: ApiKeyStore,
    private readonly sandboxes: SandboxStore,
  ) {}

  async execute(
    { businessId, actor }: BusinessViewer,
    input: z.input<typeof schema>,
  ): Promise<{ secret: string; key: ApiKey } | Refused<'TOO_MANY_KEYS'>> {
    if (!('memberId' in actor)) throw new Error('Only a member makes API keys');
    const { mode, name, scopes, expiresAt = null } = parseInput(schema, input);
    const secret = newSecret(mode === 'TEST' ? 'ak_test' : 'ak_live');
    return this.database.transaction({ role: 'business', businessId }, async (tx) => {
      // Two that make the last key take turns here, and each counts after it has the lock.
      const [, { count, firstEnd }, now] = await Promise.all([
        this.businesses.lockStatus(tx, businessId),
        this.apiKeys.live(tx, businessId),
        tx.now(),
      ]);
      if (expiresAt && expiresAt <= now) {
        throw new BadInputError([{ field: 'input.expiresAt', rule: 'must be in the future' }]);
      }
      if (count >= MOST_KEYS) {
        return new Refused(
          'TOO_MANY_KEYS',
          `A business has at most ${MOST_KEYS} live keys. Revoke one first.`,
          firstEnd,
        );
      }
      const key = {
        id: uuid7(now.getTime()),
        businessId,
        mode,
        name,
        keyHash: hashSecret(this.keys, secret),
        hint: secret.slice(-HINT_LETTERS),
        scopes,
        createdBy: actor.memberId,
        createdAt: now,
        expiresAt,
        revokedAt: null,
        lastUsedAt: null,
      };
      await this.apiKeys.add(tx, key);
      if (mode === 'TEST') {
        await tx.become({ role: 'gate' });
        await this.sandboxes.ensure(tx, businessId, now);
      }
      return { secret, key };
    });
  }
}
