import { Args, Query, Resolver } from '@nestjs/graphql';
import type { BusinessViewer } from '@assent/accounts';
import { Cost, CurrentViewer, Permission } from '@assent/platform';
import type { Foreseen } from '../../domain/preflight.js';
import { PreflightMessages } from '../../use-cases/preflight-messages.js';
import { toObjection } from './objection.types.js';
import { type PreflightDecision, PreflightInput, PreflightPayload } from './preflight.types.js';

/** What sending would answer. */
@Resolver()
export class PreflightResolver {
  constructor(private readonly preflight: PreflightMessages) {}

  @Permission('messages:send')
  @Cost({ perEntry: 1 })
  @Query(() => PreflightPayload, {
    name: 'preflight',
    description:
      'What sendMessages would answer to 1 to 1,000 messages, now or at a time: each decision with what decides it, what else objects, and what is left of your limits. Nothing is sent and nothing is used up. It is decided by the same rules, on the same facts, at one moment: what happens between it and sending can change the answer.',
  })
  async messages(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: PreflightInput,
  ): Promise<PreflightPayload> {
    const { at, foreseen } = await this.preflight.execute(viewer, input);
    return { at, decisions: foreseen.map(toDecision) };
  }
}

function toDecision({ decision, others, budgets }: Foreseen): PreflightDecision {
  return {
    outcome: decision.outcome,
    because: decision.outcome === 'ALLOWED' ? null : toObjection(decision),
    otherObjections: others.map(toObjection),
    budgets,
  };
}
