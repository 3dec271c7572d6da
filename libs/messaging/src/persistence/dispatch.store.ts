import { Injectable } from '@nestjs/common';
import { type LimitOverridesColumn, selectLimitOverrides, toLimitOverrides } from '@assent/accounts';
import { type ConsentFact, type PolicyInForce, PolicyStore, selectSaid } from '@assent/consent';
import {
  type MarketingLimits,
  type RestrictionColumn,
  selectRestriction,
  toRestrictionFact,
} from '@assent/limits';
import { Configuration, type Statement, type Transaction } from '@assent/platform';
import { type ClaimedConversation, isDueAgain } from '../domain/dispatch-plan.js';
import type { BusinessFacts, PersonFacts } from '../domain/facts.js';
import { type MessagePurpose, WhenLimited } from '../domain/message.js';
import { selectSwitches, type SwitchColumn, toSwitchFacts } from './kill-switch-column.js';
import { ASKED_PEOPLE, lockPeople, type PeopleKeys, peopleOf } from './lock-people.js';
import {
  marketingLimits,
  type MarketingRow,
  type PersonRow,
  PREFERENCES,
  selectInterrupted,
  selectMarketingSeen,
  toMarketing,
  toPersonFacts,
} from './person-facts.js';
import { type Claim, claimColumns, CLAIMED, CLAIMED_LOCKED } from './queue.store.js';
import { joinStanding, pacedOf, STANDING, standingOf, type StandingRow } from './template-standing.js';

/** Messages of a round: it is to be short, as who comes next waits for its end. */
const MOST_PER_ROUND = 1_000;
/**
 * Messages of one conversation in a round, and as many of those that waited: a longer queue takes its turn again, behind
 * others.
 */
const MOST_OF_ONE = 50;

/** What dispatch decides on. */
export interface DispatchLoad {
  now: Date;
  conversations: ClaimedConversation[];
  /** The last number used in each person's inbox. */
  inboxSeqs: Map<string, number>;
}

/** What dispatch reads, all of it under the guards of the people concerned. */
@Injectable()
export class DispatchStore {
  constructor(
    private readonly configuration: Configuration,
    private readonly policies: PolicyStore,
  ) {}

  /**
   * Locks the guards of the claimed people, ordered by lane and id, and then, in later statements and so as of after
   * the locks, loads what is left to dispatch. A claim that another worker has taken over is left out.
   */
  async lockAndLoad(tx: Transaction, claims: Claim[]): Promise<DispatchLoad> {
    const people = peopleOf(claims);
    const marketing = marketingLimits(this.configuration.settings);
    const most = Math.max(1, Math.min(MOST_OF_ONE, Math.floor(MOST_PER_ROUND / claims.length)));
    const [, personRows, queueRows, messageRows, waitRows, consentRows, inForce] = await Promise.all([
      tx.run(lockPeople(people)),
      tx.rows<GuardRow>(loadPeople(people, marketing.daily)),
      tx.rows<QueueRow>(loadQueue(claims)),
      tx.rows<MessageRow>(loadMessages(claims, most)),
      tx.rows<WaitRow>(loadWaits(claims, most)),
      tx.rows<ConsentRow>(loadConsent(claims)),
      this.policies.inForce(tx),
    ]);
    // One object a person: what one conversation spends of them, their other ones see.
    const persons = new Map(personRows.map((row) => [row.person_id, toPersonFacts(row)]));
    const conversations = new Map(
      queueRows.map((row) => [
        row.contact_id,
        toConversation(row, persons.get(row.person_id), inForce, marketing),
      ]),
    );
    for (const { contact_id, business_id, subject, standing, since } of consentRows) {
      conversations
        .get(contact_id)
        ?.contact?.consent.said.push({ businessId: business_id, subject, standing, since });
    }
    for (const [contactId, rows] of byContact(waitRows)) addWaits(conversations.get(contactId), rows, most);
    for (const [contactId, rows] of byContact(messageRows))
      addQueued(conversations.get(contactId), rows, most);
    return {
      now: inForce.now,
      conversations: [...conversations.values()],
      inboxSeqs: new Map(personRows.map((row) => [row.person_id, row.inbox_seq])),
    };
  }
}

type GuardRow = PersonRow & { person_id: string; inbox_seq: number };

interface QueueRow extends MarketingRow {
  lane: number;
  person_id: string;
  contact_id: string;
  business_id: string;
  priority: MessagePurpose;
  place: string;
  next_seq: number;
  known: boolean;
  status: BusinessFacts['status'];
  overrides: LimitOverridesColumn;
  is_sandbox: boolean;
  restriction: RestrictionColumn;
  switches: SwitchColumn;
  last_inbound_at: Date | null;
  blocked_at: Date | null;
}

interface QueuedRow extends StandingRow {
  contact_id: string;
  id: string;
  seq: number;
  purpose: MessagePurpose;
  not_before: Date | null;
  refuse_limited: boolean;
  send_at: Date | null;
  expires_at: Date | null;
}

type MessageRow = QueuedRow & { status: string };
type WaitRow = QueuedRow & { until: Date };

interface ConsentRow {
  contact_id: string;
  business_id: string | null;
  subject: ConsentFact['subject'];
  standing: ConsentFact['standing'];
  since: Date;
}

/** Read after the lock, like everything that is written back. */
function loadPeople({ lanes, ids }: PeopleKeys, cap: number): Statement {
  return {
    name: 'dispatch-load-people',
    text: `SELECT g.person_id, g.inbox_seq, p.country, ${PREFERENCES}, ${selectMarketingSeen('g', '$3')} AS marketing_seen_at,
        ${selectInterrupted('g')} AS interrupted_at
      FROM ${ASKED_PEOPLE} JOIN person p ON p.lane = g.lane AND p.id = g.person_id
      LEFT JOIN person_preference pref ON pref.lane = g.lane AND pref.person_id = g.person_id`,
    values: [lanes, ids, cap],
  };
}

/** Locks the rows as well, until the end of the transaction: what is written to them then finds them by their places. */
function loadQueue(claims: Claim[]): Statement {
  return {
    name: 'dispatch-load-queue',
    text: `SELECT q.lane, q.person_id, q.contact_id, q.business_id, q.priority, q.place::text, q.next_seq, c.person_id IS NOT NULL AS known, b.status,
        b.sandbox_of IS NOT NULL AS is_sandbox, ${selectLimitOverrides('b.id')} AS overrides,
        ${selectRestriction('b.id')} AS restriction, ${selectSwitches('b.id')} AS switches, s.last_inbound_at, s.blocked_at, s.marketing_seen, s.marketing_unread
      FROM ${CLAIMED_LOCKED}
      JOIN business b ON b.id = q.business_id
      LEFT JOIN contact c ON c.lane = q.lane AND c.id = q.contact_id
      LEFT JOIN contact_state s ON s.lane = q.lane AND s.contact_id = q.contact_id`,
    values: claimColumns(claims),
  };
}

function loadMessages(claims: Claim[], most: number): Statement {
  return {
    name: 'dispatch-load-messages',
    text: `SELECT q.contact_id, m.id, m.seq, m.purpose, m.status, m.not_before, m.refuse_limited, m.template_id,
        m.paced_until, m.send_at, m.expires_at, ${STANDING}
      FROM ${CLAIMED}
      CROSS JOIN LATERAL (
        SELECT id, seq, purpose, status, not_before, refuse_limited, template_id, paced_until, send_at, expires_at
        FROM message
        WHERE lane = q.lane AND contact_id = q.contact_id AND seq >= q.next_seq AND id >= q.since_id
          AND direction = 'OUTBOUND'
        ORDER BY seq LIMIT $5
      ) m
      ${joinStanding('m')}
      ORDER BY q.contact_id, m.seq`,
    values: [...claimColumns(claims), most],
  };
}

/** What waits longest, and one more: that says when the conversation is due again. */
function loadWaits(claims: Claim[], most: number): Statement {
  return {
    name: 'dispatch-load-waits',
    text: `SELECT q.contact_id, w.message_id AS id, w.seq, w.purpose, w.until, w.not_before, w.refuse_limited,
        w.template_id, w.paced_until, w.send_at, w.expires_at, ${STANDING}
      FROM ${CLAIMED}
      CROSS JOIN LATERAL (
        SELECT message_id, seq, purpose, until, not_before, refuse_limited, template_id, paced_until, send_at,
          expires_at FROM message_wait
        WHERE lane = q.lane AND contact_id = q.contact_id ORDER BY until, seq LIMIT $5
      ) w
      ${joinStanding('w')}
      ORDER BY q.contact_id, w.until, w.seq`,
    values: [...claimColumns(claims), most + 1],
  };
}

function loadConsent(claims: Claim[]): Statement {
  return {
    name: 'dispatch-load-consent',
    text: selectSaid('q.contact_id', CLAIMED, 'q'),
    values: claimColumns(claims),
  };
}

function toConversation(
  row: QueueRow,
  person: PersonFacts | undefined,
  { now, policy }: PolicyInForce,
  marketing: MarketingLimits,
): ClaimedConversation {
  const consent = person && { said: [], policy: policy.forCountry(person.country), now };
  return {
    now,
    lane: row.lane,
    personId: row.person_id,
    contactId: row.contact_id,
    businessId: row.business_id,
    place: row.place,
    priority: row.priority,
    business: {
      status: row.status,
      isSandbox: row.is_sandbox,
      overrides: toLimitOverrides(row.overrides),
      restriction: toRestrictionFact(row.restriction),
      switches: toSwitchFacts(row.switches),
    },
    lastInboundAt: row.last_inbound_at,
    contact:
      row.known && person && consent
        ? { consent, person, marketing: toMarketing(row), blockedByBusiness: row.blocked_at !== null }
        : undefined,
    marketing,
    messages: [],
    nextSeq: row.next_seq,
    dueAt: null,
  };
}

function byContact<Row extends { contact_id: string }>(rows: Row[]): Map<string, Row[]> {
  return Map.groupBy(rows, ({ contact_id }) => contact_id);
}

/** Those that are due join in their order; the first that was left says when to look again. */
function addWaits(conversation: ClaimedConversation | undefined, rows: WaitRow[], most: number): void {
  if (!conversation) return;
  const due = rows.slice(0, most).filter(({ until }) => until <= conversation.now);
  const next = rows[due.length];
  if (next) isDueAgain(conversation, next.until, next.purpose);
  for (const row of due.sort((one, other) => one.seq - other.seq))
    conversation.messages.push({ ...toQueued(row), status: 'ACCEPTED', waited: true });
}

function addQueued(conversation: ClaimedConversation | undefined, rows: MessageRow[], most: number): void {
  if (!conversation) return;
  for (const row of rows) conversation.messages.push({ ...toQueued(row), status: row.status, waited: false });
  conversation.nextSeq = (rows.at(-1)?.seq ?? 0) + 1;
  // What is behind them is not known: it goes on as what it was claimed as.
  if (rows.length >= most) isDueAgain(conversation, conversation.now, conversation.priority);
}

function toQueued(row: QueuedRow) {
  return {
    id: row.id,
    seq: row.seq,
    purpose: row.purpose,
    notBefore: row.not_before,
    whenLimited: row.refuse_limited ? WhenLimited.REFUSE : WhenLimited.DEFER,
    templateId: row.template_id,
    template: standingOf(row),
    paced: pacedOf(row.id, row, row.send_at),
    sendAt: row.send_at,
    expiresAt: row.expires_at,
  };
}
