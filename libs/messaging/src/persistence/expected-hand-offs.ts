import { Injectable } from '@nestjs/common';
import { Carriers } from '@assent/carriers';
import { Configuration, Hints, type Transaction } from '@assent/platform';
import type { DispatchedMessage } from '../domain/dispatch-plan.js';

/** Waking an app is worth nothing after an hour; a text may come hours late. */
const PUSH_WORTH = '1 hour';
const SMS_WORTH = '6 hours';

/** What becomes visible is to be handed to carriers, too: a device of the person is woken, and an SMS may follow. */
@Injectable()
export class ExpectedHandOffs {
  constructor(
    private readonly configuration: Configuration,
    private readonly carriers: Carriers,
    private readonly hints: Hints,
  ) {}

  /** Within the transaction that makes messages visible, under the guards of their people. Nothing for test persons. */
  async expect(tx: Transaction, planned: readonly DispatchedMessage[]): Promise<void> {
    const { push, sms } = this.carriers;
    const visible = planned.filter(
      ({ conversation, outcome }) => outcome === 'VISIBLE' && !conversation.business.isSandbox,
    );
    if (visible.length === 0 || (!push && !sms)) return;
    const { SMS_FALLBACK_SECONDS, SMS_FALLBACK_PURPOSES } = this.configuration.settings;
    await tx.run({
      name: 'hand-offs-expect',
      text: `WITH visible AS (
          SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::purpose[])
            AS t (lane, message_id, business_id, person_id, contact_id, purpose)
        )
        INSERT INTO hand_off (lane, message_id, business_id, person_id, contact_id, purpose, carrier, due_at, give_up_at)
        SELECT v.*, 'PUSH', now, now + interval '${PUSH_WORTH}' FROM visible v, (SELECT assent_now() AS now) clock
        WHERE $7 AND EXISTS (SELECT FROM device d WHERE d.lane = v.lane AND d.person_id = v.person_id)
        UNION ALL
        SELECT v.*, 'SMS', due, due + interval '${SMS_WORTH}'
        FROM visible v, (SELECT assent_now() + $9 * interval '1 second' AS due) clock
        WHERE $8 AND v.purpose::text = ANY ($10::text[]) AND EXISTS (
          SELECT FROM person_preference pref WHERE pref.lane = v.lane AND pref.person_id = v.person_id AND pref.sms_fallback)
        ON CONFLICT DO NOTHING`,
      values: [
        visible.map(({ conversation }) => conversation.lane),
        visible.map(({ message }) => message.id),
        visible.map(({ conversation }) => conversation.businessId),
        visible.map(({ conversation }) => conversation.personId),
        visible.map(({ conversation }) => conversation.contactId),
        visible.map(({ message }) => message.purpose),
        push !== null,
        sms !== null,
        SMS_FALLBACK_SECONDS,
        SMS_FALLBACK_PURPOSES,
      ],
    });
    tx.afterCommit(() => this.hints.send(['hand-offs']));
  }
}
