import { Injectable } from '@nestjs/common';
import { column, type PersonKey, SMALLINT, type Transaction, UUID } from '@assent/platform';
import type { ConsentFact } from '../domain/consent-fact.js';
import type { ConsentFacts } from '../domain/judge-consent.js';
import { PolicyStore } from './policy.store.js';
import { selectSaid } from './said.js';

/** A person as one business meets them. */
export interface Encounter extends PersonKey {
  businessId: string;
}

/** What a person said that still counts, with the event (or the stop under way) that said it. */
export interface StandingConsent extends ConsentFact {
  id: string;
}

/** The same, with what it came through. */
export interface SourcedConsent extends StandingConsent {
  source: string;
}

type FactRow = {
  business_id: string | null;
  subject: ConsentFact['subject'];
  standing: ConsentFact['standing'];
  since: Date;
};

/** The current state of consent, stops under way included. */
@Injectable()
export class ConsentStore {
  constructor(private readonly policies: PolicyStore) {}

  /**
   * The facts for each encounter, in order, ready for `judgeConsent`: one round trip for any number of them, in
   * the role `engine`. Who decides on them locks the persons' guard rows in an *earlier* statement of the transaction.
   */
  async factsFor(tx: Transaction, encounters: readonly Encounter[]): Promise<ConsentFacts[]> {
    const lanes = column(SMALLINT, encounters, ({ lane }) => lane);
    const personIds = column(UUID, encounters, ({ personId }) => personId);
    const countriesOf = tx.rows<{ nr: number; country: string | null }>({
      name: 'consent-countries',
      text: `SELECT e.nr, p.country FROM unnest($1::smallint[], $2::uuid[]) WITH ORDINALITY AS e (lane, person_id, nr)
        JOIN person p ON p.lane = e.lane AND p.id = e.person_id`,
      values: [lanes, personIds],
    });
    const saidBy = tx.rows<FactRow & { nr: number }>({
      name: 'consent-facts',
      text: `WITH encounter AS (
          SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[]) WITH ORDINALITY
            AS e (lane, person_id, business_id, nr)
        )
        ${selectSaid('e.nr', 'encounter e', 'e')}`,
      values: [lanes, personIds, column(UUID, encounters, ({ businessId }) => businessId)],
    });
    const [countries, words, { now, policy }] = await Promise.all([
      countriesOf,
      saidBy,
      this.policies.inForce(tx),
    ]);
    const countryAt = new Map(countries.map(({ nr, country }) => [nr, country]));
    const facts = encounters.map((_, at): ConsentFacts => {
      return { said: [], policy: policy.forCountry(countryAt.get(at + 1) ?? null), now };
    });
    for (const { nr, business_id, subject, standing, since } of words) {
      facts[nr - 1]?.said.push({ businessId: business_id, subject, standing, since });
    }
    return facts;
  }

  /** What a person said to the whole platform and to each of these businesses, with where it came from; as the person. */
  async saidTo(
    tx: Transaction,
    { lane, personId }: PersonKey,
    businessIds: readonly string[],
  ): Promise<SourcedConsent[]> {
    const rows = await tx.rows<FactRow & { id: string; source: string }>({
      text: `SELECT s.business_id, s.subject, s.standing, s.since, s.event_id AS id, e.source
        FROM consent_state s JOIN consent_event e ON e.lane = s.lane AND e.person_id = s.person_id AND e.id = s.event_id
        WHERE s.lane = $1 AND s.person_id = $2 AND (s.business_id IS NULL OR s.business_id = ANY ($3))
        UNION ALL
        SELECT business_id, subject, 'STOPPED', created_at, id, source FROM stop_intent
        WHERE lane = $1 AND person_id = $2 AND (business_id IS NULL OR business_id = ANY ($3))`,
      values: [lane, personId, businessIds],
    });
    return rows.map(({ business_id, ...word }) => ({ businessId: business_id, ...word }));
  }

  /** Every scope that a person has stopped or blocked. Stops under way are not looked at. */
  async stopped(
    tx: Transaction,
    { lane, personId }: PersonKey,
  ): Promise<Pick<ConsentFact, 'businessId' | 'subject'>[]> {
    const rows = await tx.rows<Pick<FactRow, 'business_id' | 'subject'>>({
      name: 'consent-stopped',
      text: `SELECT business_id, subject FROM consent_state
        WHERE lane = $1 AND person_id = $2 AND standing = 'STOPPED'`,
      values: [lane, personId],
    });
    return rows.map(({ business_id, subject }) => ({ businessId: business_id, subject }));
  }

  /** What a person last said on one subject in one scope; undefined: nothing. Stops under way are not looked at. */
  async lastWord(
    tx: Transaction,
    { lane, personId }: PersonKey,
    businessId: string | null,
    subject: ConsentFact['subject'],
  ): Promise<StandingConsent | undefined> {
    const [row] = await tx.rows<FactRow & { id: string }>({
      text: `SELECT business_id, subject, standing, since, event_id AS id FROM consent_state
        WHERE lane = $1 AND person_id = $2 AND business_id IS NOT DISTINCT FROM $3 AND subject = $4`,
      values: [lane, personId, businessId, subject],
    });
    return (
      row && { id: row.id, businessId: row.business_id, subject, standing: row.standing, since: row.since }
    );
  }

  /**
   * All that stands of a person, newest first, before an id. A stop under way stands in for what it is about to
   * replace; what was lifted says nothing any more and is left out.
   */
  async standing(
    tx: Transaction,
    { lane, personId }: PersonKey,
    before: string | null,
    limit: number,
  ): Promise<StandingConsent[]> {
    const rows = await tx.rows<FactRow & { id: string }>({
      text: `SELECT * FROM (
          SELECT DISTINCT ON (business_id, subject) business_id, subject, standing, since, id FROM (
            SELECT business_id, subject, 'STOPPED'::consent_standing AS standing, created_at AS since, id, 0 AS rank
              FROM stop_intent WHERE lane = $1 AND person_id = $2
            UNION ALL
            SELECT business_id, subject, standing, since, event_id, 1
              FROM consent_state WHERE lane = $1 AND person_id = $2
          ) word ORDER BY business_id, subject, rank, since
        ) last_word
        WHERE standing <> 'LIFTED' AND ($3::uuid IS NULL OR id < $3)
        ORDER BY id DESC LIMIT $4`,
      values: [lane, personId, before, limit],
    });
    return rows.map(({ business_id, ...word }) => ({ businessId: business_id, ...word }));
  }
}
