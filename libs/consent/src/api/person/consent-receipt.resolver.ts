import { Args, Field, ID, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { PersonViewer } from '@assent/people';
import { CurrentViewer, Permission, Refusal, resultUnion } from '@assent/platform';
import { CONSENT_REASONS } from '../../domain/consent-reasons.js';
import { IssueReceipt } from '../../use-cases/issue-receipt.js';

@ObjectType({
  description:
    'A signed receipt of one entry of your consent ledger, in the shape of ISO/IEC TS 27560. `npx assent-verify` checks ' +
    'it offline.',
})
export class ConsentReceipt {
  @Field(() => ID, { description: 'The entry, as you named it.' })
  eventId!: string;

  @Field(() => Int, { description: 'Its place in your ledger, from 1.' })
  sequence!: number;

  @Field(() => Int, { description: 'Its place in the log over the ledgers of all persons, from 0.' })
  leafIndex!: number;

  @Field(() => String, {
    description:
      'The receipt, JSON: keep it as a file. It names you by a pseudonym that is the same in all of your receipts; it ' +
      'holds no number and no name of yours.',
  })
  document!: string;
}

@ObjectType({
  implements: () => [Refusal],
  description:
    'RECEIPT_NOT_READY: the entry is in your ledger and counts, but the log has not been signed with it yet. That takes ' +
    'about a second.',
})
export class ConsentReceiptNotReady extends Refusal {}

export const ConsentReceiptResult = resultUnion('ConsentReceiptResult', [
  ConsentReceipt,
  ConsentReceiptNotReady,
]);

/** Receipts of a person's own events. */
@Resolver()
export class ConsentReceiptResolver {
  constructor(private readonly issue: IssueReceipt) {}

  @Permission('person')
  @Query(() => ConsentReceiptResult, {
    description:
      'A signed receipt of an entry of your consent ledger. Right after a change it waits for the log, at most 2 s. ' +
      'Refused with RECEIPT_NOT_READY where the log has not got there by then.',
  })
  async consentReceipt(
    @CurrentViewer() viewer: PersonViewer,
    @Args('eventId', { type: () => ID, description: 'Id of the entry, `evt_…`.' }) eventId: string,
  ): Promise<ConsentReceipt | ConsentReceiptNotReady> {
    const receipt = await this.issue.execute(viewer, eventId);
    if ('document' in receipt) return Object.assign(new ConsentReceipt(), { eventId, ...receipt });
    return Object.assign(new ConsentReceiptNotReady(), {
      reason: 'RECEIPT_NOT_READY',
      message: CONSENT_REASONS.RECEIPT_NOT_READY.message,
      retryAt: receipt.retryAt,
    });
  }
}
