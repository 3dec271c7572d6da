import { Injectable } from '@nestjs/common';
import { type LimitOverridesColumn, selectLimitOverrides, toLimitOverrides } from '@assent/accounts';
import type { CarrierName } from '@assent/carriers';
import { type ConsentFact, PolicyStore, selectSaid } from '@assent/consent';
import { type RestrictionColumn, selectRestriction, toRestrictionFact } from '@assent/limits';
import {
  Configuration,
  lookUp,
  type PersonKey,
  type Statement,
  type Transaction,
  unseen,
} from '@assent/platform';
import type { BusinessFacts, MarketingOfBusiness } from '../domain/facts.js';
import type { ClaimedHandOff, HandOffState } from '../domain/hand-off.js';
import type { MessagePurpose, MessageStatus, SealedContent } from '../domain/message.js';
import { IS_OPEN } from './hand-off.recorder.js';
import { selectSwitches, type SwitchColumn, toSwitchFacts } from './kill-switch-column.js';
import { lockPeople, peopleOf } from './lock-people.js';
import { marketingLimits, type PersonRow, PREFERENCES, toPersonFacts } from './person-facts.js';

/** For so long a worker has a hand-off to itself before it is handed over. */
const CLAIM = '30 seconds';

/** A hand-off that this worker holds; `fence` is checked at every write. */
export interface HandOffClaim extends PersonKey {
  messageId: string;
  businessId: string;
  fence: number;
}

/** A claimed hand-off, with what is needed to hand it over. */
export interface LoadedHandOff extends ClaimedHandOff {
  /** Before this one. */
  attempts: number;
  partsSent: number;
  /** What is to be woken. */
  deviceIds: string[];
  businessName: string;
  content: SealedContent;
}

/** Hand-offs to carriers; in the role `engine`. */
@Injectable()
export class HandOffStore {
  constructor(
    private readonly configuration: Configuration,
    private readonly policies: PolicyStore,
  ) {}

  /**
   * Claims up to `limit` due hand-offs, longest due first, and those that a worker left in the middle. The claim commits
   * without waiting for the disk: one that a crash forgets is simply claimed again.
   */
  async claim(tx: Transaction, carrier: CarrierName, limit: number): Promise<HandOffClaim[]> {
    const [, rows] = await Promise.all([
      tx.run({ text: 'SET LOCAL synchronous_commit = off' }),
      tx.rows<{ lane: number; message_id: string; person_id: string; business_id: string; fence: number }>({
        name: 'hand-off-claim',
        text: `WITH due AS (
            SELECT ctid AS place FROM hand_off
            WHERE carrier = $1 AND state IN ('WAITING', 'HANDING') AND due_at <= (SELECT assent_now())
            ORDER BY due_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED
          )
          UPDATE hand_off h SET due_at = (SELECT assent_now()) + interval '${CLAIM}', fence = h.fence + 1
          FROM due WHERE h.ctid = due.place
          RETURNING h.lane, h.message_id, h.person_id, h.business_id, h.fence`,
        values: [carrier, limit],
      }),
    ]);
    return rows.map(({ lane, message_id, person_id, business_id, fence }) => ({
      lane,
      messageId: message_id,
      personId: person_id,
      businessId: business_id,
      fence,
    }));
  }

  /**
   * Locks the guards of the people concerned, ordered by lane and id, and then, in later statements and so as of after the
   * locks, loads the hand-offs. One that somebody else holds by now is left out.
   */
  async lockAndLoad(
    tx: Transaction,
    carrier: CarrierName,
    claims: readonly HandOffClaim[],
  ): Promise<LoadedHandOff[]> {
    const [, rows, consentRows, inForce] = await Promise.all([
      tx.run(lockPeople(peopleOf(claims))),
      tx.rows<HandOffRow>(loadHandOffs(carrier, claims)),
      tx.rows<ConsentRow>(loadConsent(carrier, claims)),
      this.policies.inForce(tx),
    ]);
    const said = Map.groupBy(consentRows, ({ message_id }) => message_id);
    const marketing = marketingLimits(this.configuration.settings);
    return rows.map((row) => {
      const consent = {
        said: (said.get(row.message_id) ?? []).map(({ business_id, subject, standing, since }) => ({
          businessId: business_id,
          subject,
          standing,
          since,
        })),
        policy: inForce.policy.forCountry(row.country),
        now: inForce.now,
      };
      const person = toPersonFacts({ ...row, marketing_seen_at: [], interrupted_at: [] });
      const deviceIds = row.device_ids ?? [];
      return {
        now: inForce.now,
        lane: row.lane,
        messageId: row.message_id,
        carrier,
        personId: row.person_id,
        contactId: row.contact_id,
        businessId: row.business_id,
        purpose: row.purpose,
        templateId: row.template_id,
        fence: row.fence,
        state: row.state,
        giveUpAt: row.give_up_at,
        status: row.status,
        wanted: carrier === 'PUSH' ? deviceIds.length > 0 : person.preferences.smsFallback,
        business: {
          status: row.business_status,
          isSandbox: row.is_sandbox,
          overrides: toLimitOverrides(row.overrides),
          restriction: toRestrictionFact(row.restriction),
          switches: toSwitchFacts(row.switches),
        },
        lastInboundAt: row.last_inbound_at,
        contact: row.known ? { consent, person, marketing: NONE_SEEN } : undefined,
        marketing,
        attempts: row.attempts,
        partsSent: row.parts_sent,
        deviceIds,
        businessName: row.business_name,
        content: {
          suite: row.content_suite,
          bytes: row.content,
          contactId: row.contact_id,
          contentSalt: row.content_salt,
        },
      };
    });
  }
}

/** No gate of a hand-off asks what a person saw. */
const NONE_SEEN: MarketingOfBusiness = { seenAt: [], unread: 0 };

type HandOffRow = Omit<PersonRow, 'marketing_seen_at' | 'interrupted_at'> & {
  lane: number;
  message_id: string;
  person_id: string;
  contact_id: string;
  business_id: string;
  purpose: MessagePurpose;
  template_id: string | null;
  fence: number;
  state: HandOffState;
  attempts: number;
  parts_sent: number;
  give_up_at: Date;
  status: MessageStatus;
  content_suite: number;
  content: Buffer;
  content_salt: Buffer | null;
  known: boolean;
  business_status: BusinessFacts['status'];
  business_name: string;
  is_sandbox: boolean;
  overrides: LimitOverridesColumn;
  restriction: RestrictionColumn;
  switches: SwitchColumn;
  last_inbound_at: Date | null;
  device_ids: string[] | null;
};

interface ConsentRow {
  message_id: string;
  business_id: string | null;
  subject: ConsentFact['subject'];
  standing: ConsentFact['standing'];
  since: Date;
}

/** Claims that still hold, and that nothing has ended meanwhile. */
const CLAIMED = `unnest(${unseen(1, 'smallint')}, ${unseen(2, 'uuid')}, ${unseen(3, 'bigint')}) AS claim (lane, message_id, fence)
  ${lookUp('hand_off', 'h', `h.lane = claim.lane AND h.message_id = claim.message_id AND h.carrier = $4 AND h.fence = claim.fence AND ${IS_OPEN}`)}`;

function claimColumns(carrier: CarrierName, claims: readonly HandOffClaim[]): unknown[] {
  return [
    claims.map(({ lane }) => lane),
    claims.map(({ messageId }) => messageId),
    claims.map(({ fence }) => fence),
    carrier,
  ];
}

function loadHandOffs(carrier: CarrierName, claims: readonly HandOffClaim[]): Statement {
  return {
    name: 'hand-off-load',
    text: `SELECT h.lane, h.message_id, h.person_id, h.contact_id, h.business_id, h.purpose, h.fence, h.state, h.attempts,
        h.parts_sent, h.give_up_at, m.status, m.template_id, m.content_suite, m.content, c.content_salt, c.person_id IS NOT NULL AS known,
        b.status AS business_status, b.display_name AS business_name, b.sandbox_of IS NOT NULL AS is_sandbox, ${selectLimitOverrides('b.id')} AS overrides,
        ${selectRestriction('b.id')} AS restriction, ${selectSwitches('b.id')} AS switches, s.last_inbound_at, p.country, ${PREFERENCES},
        CASE WHEN h.carrier = 'PUSH' THEN ARRAY(
          SELECT d.id FROM device d WHERE d.lane = h.lane AND d.person_id = h.person_id ORDER BY d.id
        ) END AS device_ids
      FROM ${CLAIMED}
      JOIN message m ON m.lane = h.lane AND m.id = h.message_id
      JOIN business b ON b.id = h.business_id
      LEFT JOIN contact c ON c.lane = h.lane AND c.id = h.contact_id
      LEFT JOIN contact_state s ON s.lane = h.lane AND s.contact_id = h.contact_id
      LEFT JOIN person p ON p.lane = h.lane AND p.id = h.person_id
      LEFT JOIN person_preference pref ON pref.lane = h.lane AND pref.person_id = h.person_id`,
    values: claimColumns(carrier, claims),
  };
}

function loadConsent(carrier: CarrierName, claims: readonly HandOffClaim[]): Statement {
  return {
    name: 'hand-off-load-consent',
    text: selectSaid('h.message_id', CLAIMED, 'h'),
    values: claimColumns(carrier, claims),
  };
}
