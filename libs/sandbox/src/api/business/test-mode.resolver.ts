import { Mutation, Resolver } from '@nestjs/graphql';
import type { BusinessViewer } from '@assent/accounts';
import { CurrentViewer, Idempotent, Permission } from '@assent/platform';
import { TEST_MODE_REASONS } from '../../domain/test-mode-reasons.js';
import { ResetTestMode } from '../../use-cases/reset-test-mode.js';
import { ResetTestModePayload, ResetTestModeRefused, ResetTestModeResult } from './test-mode.types.js';

/** Test mode. */
@Resolver()
export class TestModeResolver {
  constructor(private readonly reset: ResetTestMode) {}

  @Permission('test-mode:reset')
  @Idempotent()
  @Mutation(() => ResetTestModeResult, {
    description:
      'Begins test mode anew: no contacts, no messages, no events, nothing spent of any limit, and behind each test number somebody new. What was before is erased. Live mode is not touched. At most 10 in any 24 hours. Refusals: `TOO_MANY_RESETS`.',
  })
  async resetTestMode(@CurrentViewer() viewer: BusinessViewer): Promise<typeof ResetTestModeResult> {
    const outcome = await this.reset.execute(viewer);
    if ('resetAt' in outcome) return Object.assign(new ResetTestModePayload(), outcome);
    const { refused: reason, retryAt } = outcome;
    const { message } = TEST_MODE_REASONS[reason];
    return Object.assign(new ResetTestModeRefused(), { reason, message, retryAt });
  }
}
