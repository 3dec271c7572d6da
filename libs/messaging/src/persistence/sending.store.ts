import { Injectable } from '@nestjs/common';
import { type Statement, type Transaction, unseen } from '@assent/platform';
import type { Announced, BatchFacts } from '../domain/plan.js';
import type { AnnouncedDraft, Situation } from '../domain/situation.js';
import { type EarlierRow, loadEarlier, toEarlier } from './earlier-answers.js';
import { DECIDING } from './kill-switch-lock.js';
import {
  ASKED,
  businessesOf,
  type ContactKeys,
  contactsOf,
  type LoadedBusinesses,
  type LoadedPeople,
  SituationLoader,
} from './situation.loader.js';

/** Most places of one business's reach tier that one batch gives back; those that are left are not counted, and for the next one. */
const MOST_EXPIRED = 5_000;

/** What sending reads, all of it under the guards of the batch's people and businesses. */
@Injectable()
export class SendingStore {
  constructor(private readonly loader: SituationLoader) {}

  /**
   * Locks the guard rows of a batch's people and loads what is known of them; then the same of its businesses. Who calls
   * the one right after the other has both in one round trip, and has the people while it may still wait for a business:
   * other batches hold it, one after the other.
   *
   * Locks: people first, ordered by lane and id, then businesses by id, as every writer does, so that no two batches
   * deadlock. Each statement reads a snapshot of its own (READ COMMITTED), so what is loaded after a lock is what
   * was committed before it was granted: a stop that the lock waited for is seen. Locking and loading in one
   * statement would read as of before the wait.
   */
  async lockPeople(tx: Transaction, batch: readonly Announced[]): Promise<LoadedPeople> {
    const contacts = contactsOf(batch);
    const asked = Promise.all([tx.run(lockPeople(contacts)), this.loader.loadPeople(tx, batch, contacts)]);
    tx.answerSoon();
    const [, people] = await asked;
    return people;
  }

  /**
   * Behind `lockPeople`. What is known of the idempotency keys is the business's, too. Places that fell out of the window are given
   * back meanwhile, which nothing but the end of the transaction has to wait for.
   *
   * @param write loads what the messages say and what their templates spend, behind the same locks
   */
  async lockBusinesses<Drafts>(
    tx: Transaction,
    batch: readonly (AnnouncedDraft & Partial<Pick<Announced, 'keyHash'>>)[],
    write: () => Promise<Drafts>,
  ): Promise<[LockedBusinesses, Drafts]> {
    const businessIds = businessesOf(batch);
    const keyHashes = [...new Set(batch.flatMap(({ keyHash }) => keyHash ?? []))];
    for (;;) {
      const [guards, loaded, earlierRows, drafts] = await Promise.all([
        tx.rows<{ business_id: string }>(lockBusinesses(businessIds)),
        this.loader.loadBusinesses(tx, batch),
        tx.rows<EarlierRow>(loadEarlier(keyHashes)),
        write(),
      ]);
      if (guards.length < businessIds.length) {
        await tx.run(createGuards(businessIds)); // a business's first message
        continue;
      }
      const fallen = loaded.businessRows.filter(({ reach_fallen }) => reach_fallen > 0);
      const givingBack =
        fallen.length > 0 ? tx.run(giveBack(fallen.map((row) => row.business_id))) : undefined;
      givingBack?.catch(() => undefined); // comes out where it is awaited, also when something else fails before
      const earlier = new Map(earlierRows.map((row) => [row.key_hash.toString('hex'), toEarlier(row)]));
      return [{ ...loaded, earlier, givingBack }, drafts];
    }
  }

  /** The same for drafts that were accepted before, and whose people's guards are held: what they spend now. */
  async lockAndLoadSituation<Templates>(
    tx: Transaction,
    drafts: readonly AnnouncedDraft[],
    loadTemplates: () => Promise<Templates>,
  ): Promise<[Situation, Templates]> {
    const [people, [businesses, templates]] = await Promise.all([
      this.loader.loadPeople(tx, drafts),
      this.lockBusinesses(tx, drafts, loadTemplates),
    ]);
    await businesses.givingBack;
    return [this.facts(people, businesses), templates];
  }

  /** What the batch is decided on. */
  facts(people: LoadedPeople, { earlier, ...businesses }: LockedBusinesses): BatchFacts {
    return { ...this.loader.situation(people, businesses), earlier };
  }
}

type LockedBusinesses = LoadedBusinesses &
  Pick<BatchFacts, 'earlier'> & { givingBack: Promise<unknown> | undefined };

function lockPeople({ lanes, ids, businessIds }: ContactKeys): Statement {
  return {
    name: 'send-lock-people',
    text: `SELECT FROM ${ASKED} JOIN person_guard g ON g.lane = c.lane AND g.person_id = c.person_id
      WHERE ${DECIDING} ORDER BY g.lane, g.person_id FOR NO KEY UPDATE OF g`,
    values: [lanes, ids, businessIds],
  };
}

function lockBusinesses(businessIds: string[]): Statement {
  return {
    name: 'send-lock-businesses',
    text: `SELECT business_id FROM business_guard WHERE business_id = ANY(${unseen(1, 'uuid')}::uuid[])
      ORDER BY business_id FOR NO KEY UPDATE`,
    values: [businessIds],
  };
}

function createGuards(businessIds: string[]): Statement {
  return {
    text: `INSERT INTO business_guard (business_id) SELECT id FROM unnest($1::uuid[]) AS id ORDER BY id
      ON CONFLICT DO NOTHING`,
    values: [businessIds],
  };
}

/** Gives back the places that fell out of the window: an index range, so what stays costs nothing. */
function giveBack(businessIds: string[]): Statement {
  return {
    name: 'send-give-back',
    text: `WITH fallen AS (
        SELECT place.* FROM unnest($1::uuid[]) AS business (id)
        CROSS JOIN LATERAL (
          SELECT business_id, taken_at, contact_id FROM reach_place
          WHERE business_id = business.id AND taken_at <= (SELECT assent_now()) - interval '24 hours'
          ORDER BY taken_at LIMIT ${MOST_EXPIRED}
        ) place
      ), gone AS (
        DELETE FROM reach_place r USING fallen f
        WHERE r.business_id = f.business_id AND r.taken_at = f.taken_at AND r.contact_id = f.contact_id
        RETURNING r.business_id
      ), counted AS (
        SELECT business_id, count(*)::int AS places FROM gone GROUP BY business_id
      )
      UPDATE business_guard g SET reach_used = g.reach_used - counted.places
      FROM counted WHERE g.business_id = counted.business_id`,
    values: [businessIds],
  };
}
