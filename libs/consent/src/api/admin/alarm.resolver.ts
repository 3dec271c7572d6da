import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { AdminViewer } from '@assent/accounts';
import { CurrentViewer, PageArgs, Permission, publicId, toConnection } from '@assent/platform';
import { CONSENT_REASONS } from '../../domain/consent-reasons.js';
import { ReadAlarms } from '../../use-cases/read-alarms.js';
import { ResolveAlarm } from '../../use-cases/resolve-alarm.js';
import {
  ConsentAlarmConnection,
  ConsentAlarmRefused,
  ResolveConsentAlarmInput,
  ResolveConsentAlarmPayload,
  ResolveConsentAlarmResult,
  toConsentAlarm,
} from './alarm.types.js';

const MESSAGES = {
  ALARM_NOT_FOUND: CONSENT_REASONS.ALARM_NOT_FOUND.message,
  ALREADY_RESOLVED: CONSENT_REASONS.ALREADY_RESOLVED.message,
};

/** What the double check of ledgers found. */
@Resolver()
export class AlarmResolver {
  constructor(
    private readonly read: ReadAlarms,
    private readonly resolve: ResolveAlarm,
  ) {}

  @Permission('platform:read')
  @Query(() => ConsentAlarmConnection, {
    description:
      'What the daily double check of consent ledgers found, newest first: it derives state anew from the ledger, for ' +
      'everybody whose ledger has grown and for a random sample, and compares it with what decisions read.',
  })
  async consentAlarms(
    @Args() page: PageArgs,
    @Args('open', {
      type: () => Boolean,
      defaultValue: true,
      description: 'Only those that nobody has resolved yet.',
    })
    open: boolean,
  ): Promise<ConsentAlarmConnection> {
    const { first, alarms } = await this.read.page(page, open);
    return toConnection(alarms, first, toConsentAlarm, ({ id }) => publicId('alm', id));
  }

  @Permission('platform:operate')
  @Mutation(() => ResolveConsentAlarmResult, {
    description:
      'Says that you have dealt with an alarm. Where the difference is still there, the next double check raises it anew. Of two admins who resolve one at once, one has. Refusals: `ALARM_NOT_FOUND`, `ALREADY_RESOLVED`.',
  })
  async resolveConsentAlarm(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: ResolveConsentAlarmInput,
  ): Promise<typeof ResolveConsentAlarmResult> {
    const outcome = await this.resolve.execute(viewer, input);
    if ('refused' in outcome) {
      const { refused: reason } = outcome;
      return Object.assign(new ConsentAlarmRefused(), { reason, message: MESSAGES[reason], retryAt: null });
    }
    return Object.assign(new ResolveConsentAlarmPayload(), { alarm: toConsentAlarm(outcome) });
  }
}
