import { Injectable } from '@nestjs/common';
import { BusinessStore, type BusinessViewer, SandboxStore } from '@assent/accounts';
import { Database } from '@assent/platform';
import { RESET_WINDOW_MS, resetAgainAt } from '../domain/reset.js';
import type { TestModeReason } from '../domain/test-mode-reasons.js';

/** Begins test mode anew: without contacts, messages, events, and with nothing spent. */
@Injectable()
export class ResetTestMode {
  constructor(
    private readonly database: Database,
    private readonly businesses: BusinessStore,
    private readonly sandboxes: SandboxStore,
  ) {}

  /** Locks the business, so that two resets take turns. Its test keys act in the new sandbox from their next request on. */
  async execute({
    account,
  }: BusinessViewer): Promise<{ resetAt: Date } | { refused: TestModeReason; retryAt: Date }> {
    return this.database.transaction({ role: 'gate' }, async (tx) => {
      const [, madeAt, now] = await Promise.all([
        this.businesses.lockStatus(tx, account.id),
        this.sandboxes.madeWithin(tx, account.id, RESET_WINDOW_MS),
        tx.now(),
      ]);
      const retryAt = resetAgainAt(madeAt);
      if (retryAt) return { refused: 'TOO_MANY_RESETS', retryAt };
      await this.sandboxes.retire(tx, account.id, now);
      await this.sandboxes.ensure(tx, account.id, now);
      return { resetAt: now };
    });
  }
}
