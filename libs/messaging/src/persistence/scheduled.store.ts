import { Injectable } from '@nestjs/common';
import { sampleOfVersion, type TemplateSample } from '@assent/limits';
import type { Transaction } from '@assent/platform';
import { type SampledTemplate, SendingTemplatesStore } from '@assent/templates';
import {
  type ClaimedConversation,
  type DispatchedMessage,
  isDueBySchedule,
  type QueuedMessage,
} from '../domain/dispatch-plan.js';
import type { LimitsOfContact } from '../domain/situation.js';
import { keepSamples, sampleColumns } from './record-samples.js';
import { SendingStore } from './sending.store.js';

/** What scheduled messages spend when they go: the limits of sending, read and written by dispatch. */
@Injectable()
export class ScheduledStore {
  constructor(
    private readonly sending: SendingStore,
    private readonly templates: SendingTemplatesStore,
  ) {}

  /**
   * Locks the guards of the businesses whose scheduled messages are due, behind those of their people, which dispatch
   * holds already, and loads, in later statements, what such a message spends. Without any nothing is asked.
   */
  async lockAndLoad(tx: Transaction, conversations: readonly ClaimedConversation[]): Promise<void> {
    const due = conversations.filter(({ messages, now }) =>
      messages.some((message) => isDueBySchedule(message, now)),
    );
    if (due.length === 0) return;
    const drafts = due.map(({ businessId, contactId }) => ({ businessId, contactId, mayBeMarketing: false }));
    const ofTemplates = new Set(due.flatMap(({ messages }) => messages.flatMap(templateOf)));
    const [situation, templates] = await this.sending.lockAndLoadSituation(tx, drafts, () =>
      this.templates.byIds(tx, [...ofTemplates]),
    );
    const samples = new Map(templates.flatMap(samplesOf));
    const { now, pairLimit, pacing, validity } = situation;
    for (const conversation of due) {
      const business = situation.businesses.get(conversation.businessId);
      if (!business) throw new Error('A business was not loaded');
      // Nobody is behind a contact that is not there, which is what its messages end for.
      const contact: LimitsOfContact = situation.contacts.get(conversation.contactId) ?? {
        pairTat: null,
        reachTakenAt: null,
      };
      conversation.toSpend = { now, business, contact, samples, pairLimit, pacing, validity };
    }
  }

  /** Writes what was spent, in the transaction that holds the guards. */
  async record(tx: Transaction, planned: readonly DispatchedMessage[]): Promise<void> {
    const spending = planned.flatMap(({ conversation, message: { templateId }, spent }) => {
      const { toSpend } = conversation;
      return spent && toSpend ? [{ conversation, templateId, toSpend, ...spent }] : [];
    });
    if (spending.length === 0) return;
    const contacts = [...new Set(spending.map(({ conversation }) => conversation))];
    const businesses = [...new Set(spending.map(({ toSpend }) => toSpend.business))];
    const places = spending.filter(({ takesPlace }) => takesPlace);
    const samples = spending.flatMap(({ conversation: { businessId }, templateId, sample }) =>
      sample && templateId ? [{ templateId, businessId, sample }] : [],
    );
    await tx.run({
      name: 'dispatch-spend',
      text: `WITH sampled AS (
          ${keepSamples(10)}
        ), state AS (
          UPDATE contact_state s SET pair_tat = spent.pair_tat, reach_taken_at = spent.reach_taken_at
          FROM unnest($1::smallint[], $2::uuid[], $3::timestamptz[], $4::timestamptz[])
            AS spent (lane, contact_id, pair_tat, reach_taken_at)
          WHERE s.lane = spent.lane AND s.contact_id = spent.contact_id
        ), places AS (
          INSERT INTO reach_place (business_id, taken_at, contact_id)
          SELECT * FROM unnest($5::uuid[], $6::timestamptz[], $7::uuid[]) RETURNING business_id
        )
        UPDATE business_guard g
        SET reach_used = g.reach_used + coalesce(taken.places, 0), throughput_tat = business.throughput_tat
        FROM unnest($8::uuid[], $9::bigint[]) AS business (id, throughput_tat)
        LEFT JOIN (SELECT business_id, count(*)::int AS places FROM places GROUP BY business_id) taken
          ON taken.business_id = business.id
        WHERE g.business_id = business.id`,
      values: [
        contacts.map(({ lane }) => lane),
        contacts.map(({ contactId }) => contactId),
        contacts.map(({ toSpend }) => toSpend?.contact.pairTat),
        contacts.map(({ toSpend }) => toSpend?.contact.reachTakenAt),
        places.map(({ conversation }) => conversation.businessId),
        places.map(({ toSpend }) => toSpend.contact.reachTakenAt),
        places.map(({ conversation }) => conversation.contactId),
        businesses.map(({ businessId }) => businessId),
        businesses.map(({ throughputTat }) => throughputTat),
        ...sampleColumns(samples),
      ],
    });
  }
}

function templateOf({ templateId }: QueuedMessage): string[] {
  return templateId ? [templateId] : [];
}

/** Of the version that the template sends by now: one object a template, so that what one message takes the next one sees. */
function samplesOf({ id, versionId, sample }: SampledTemplate): [string, TemplateSample][] {
  return versionId === null ? [] : [[id, sampleOfVersion(versionId, sample)]];
}
