import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { AdminViewer, NeedsApproval, Refused, toApprovalNeeded, toRefusal } from '@assent/accounts';
import { CurrentViewer, Idempotent, PageArgs, Permission, publicId, toConnection } from '@assent/platform';
import type { KillSwitch } from '../../domain/kill-switch.js';
import { ReadKillSwitches } from '../../use-cases/read-kill-switches.js';
import { SetKillSwitch } from '../../use-cases/set-kill-switch.js';
import {
  KillSwitchConnection,
  KillSwitchPayload,
  KillSwitchRefused,
  KillSwitchResult,
  LiftKillSwitchInput,
  SetKillSwitchInput,
  toKillSwitch,
} from './kill-switch.types.js';

/** Kill switches, for admins. */
@Resolver()
export class KillSwitchResolver {
  constructor(
    private readonly switches: SetKillSwitch,
    private readonly read: ReadKillSwitches,
  ) {}

  @Permission('switches:manage')
  @Idempotent()
  @Mutation(() => KillSwitchResult, {
    description:
      'Switches off one business, one template, one carrier, or all marketing. From its commit on nothing that it covers is accepted, becomes visible, or is on its way to a carrier; what was accepted before waits. It takes the place of a switch of the same thing. Up to two seconds may pass while a carrier has something that it covers. Two admins decide where the one in force ends later, but for carriers. Refusals: `BUSINESS_NOT_FOUND`, `TEMPLATE_NOT_FOUND`, `APPROVAL_NEEDED`.',
  })
  async setKillSwitch(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: SetKillSwitchInput,
  ): Promise<typeof KillSwitchResult> {
    return toResult(await this.switches.execute(viewer, input));
  }

  @Permission('switches:manage')
  @Mutation(() => KillSwitchResult, {
    description:
      'Switches on again what a kill switch has switched off. What waited, and is still worth showing, goes on by itself within seconds. Two admins decide it, but for carriers. Refusals: `SWITCH_NOT_FOUND`, `SWITCH_OVER`, `APPROVAL_NEEDED`.',
  })
  async liftKillSwitch(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: LiftKillSwitchInput,
  ): Promise<typeof KillSwitchResult> {
    return toResult(await this.switches.lift(viewer, input));
  }

  @Permission('platform:read')
  @Query(() => KillSwitchConnection, {
    description: 'Kill switches, newest first: who set and ended them, when and why.',
  })
  async killSwitches(
    @Args('inForce', {
      type: () => Boolean,
      defaultValue: false,
      description: 'True: only those that are in force now.',
    })
    inForce: boolean,
    @Args() page: PageArgs,
  ): Promise<KillSwitchConnection> {
    const switches = await this.read.page(inForce, page);
    return toConnection(switches, page.first, toKillSwitch, ({ id }) => publicId('ksw', id));
  }
}

function toResult(outcome: KillSwitch | Refused): typeof KillSwitchResult {
  if (outcome instanceof NeedsApproval) return toApprovalNeeded(outcome);
  if (outcome instanceof Refused) return toRefusal(KillSwitchRefused, outcome);
  return Object.assign(new KillSwitchPayload(), { killSwitch: toKillSwitch(outcome) });
}
