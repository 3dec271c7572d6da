import { Injectable } from '@nestjs/common';
import { type ConsentRecord, ConsentTeller } from '@assent/consent';
import { appendEvents, Hints, type NewEvent, type PersonKey, type Transaction } from '@assent/platform';

/** Makes what a person says to a business about consent an event of that business, in the transaction that records it. */
@Injectable()
export class TellConsent extends ConsentTeller {
  constructor(private readonly hints: Hints) {
    super();
  }

  async tell(
    tx: Transaction,
    { lane, personId }: PersonKey,
    records: readonly ConsentRecord[],
  ): Promise<void> {
    const contacts = await tx.rows<{ id: string; business_id: string }>({
      name: 'tell-consent-contacts',
      text: `SELECT id, business_id FROM contact
        WHERE lane = $1 AND person_id = $2 AND business_id = ANY ($3::uuid[])`,
      values: [lane, personId, records.map(({ businessId }) => businessId)],
    });
    const byBusiness = new Map(contacts.map(({ id, business_id }) => [business_id, id]));
    const events = records.flatMap(({ businessId, action, purpose, at }): NewEvent[] => {
      const id = byBusiness.get(businessId ?? '');
      if (!id || !businessId) return [];
      return [{ businessId, type: 'consent.changed', contact: { lane, id }, data: { action, purpose }, at }];
    });
    await appendEvents(tx, events);
    tx.afterCommit(() => this.hints.send(events.map(({ businessId }) => `business:${businessId}` as const)));
  }
}
