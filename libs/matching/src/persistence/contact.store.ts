import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isBuried, type NumberIndex, TombstoneStore } from '@assent/people';
import {
  BYTEA,
  column,
  laneOf,
  randomFromPool,
  SMALLINT,
  TEXT,
  type Transaction,
  UUID,
  uuid7,
} from '@assent/platform';
import type { FoundPerson, KnownContact, NumberOwner } from '../domain/contact.js';

const INDEX_BYTES = 32;
const SALT_BYTES = 32;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** A number that is looked for: its index under every key version, and the external id it is asked for with. */
export interface LookedFor {
  externalId: string;
  indexes: readonly NumberIndex[];
}

/** Who is behind a contact; for the engine alone. */
export interface ContactPerson {
  contactId: string;
  lane: number;
  personId: string;
}

/** A contact, and the salt of the key of its conversation; null where that was erased. */
export interface PersonsContact {
  contactId: string;
  contentSalt: Buffer | null;
}

interface FoundRow {
  nr: number;
  lane: number;
  person_id: string;
}

interface ContactRow {
  id: string;
  external_id: string | null;
  created_at: Date;
}

/** Contacts, and the way from numbers to people. */
@Injectable()
export class ContactStore {
  constructor(private readonly tombstones: TombstoneStore) {}

  /**
   * The people whom these numbers belong to; in the role `engine`. Nobody who is older than the tombstone of their number is among
   * them, whatever a restored directory says. It hangs on nothing that the business does, so nobody has to wait for its turn first.
   */
  async find(tx: Transaction, asked: readonly LookedFor[]): Promise<NumberOwner[]> {
    const entries = asked.flatMap(({ externalId, indexes }, at) =>
      indexes.map(({ bucket, index }) => ({ at, externalId, bucket, index })),
    );
    const finding = tx.rows<FoundRow>({
      name: 'match-find',
      // The indexes are handed over as one value, end to end: far quicker to write and to read than an array of them.
      // LIMIT keeps the look-ups apart: however many there are, the planner can not read the whole directory instead.
      text: `SELECT asked.nr::int AS nr, d.lane, d.person_id
        FROM unnest($1::smallint[]) WITH ORDINALITY AS asked (bucket, nr)
        CROSS JOIN LATERAL (
          SELECT lane, person_id, index_version FROM number_directory WHERE bucket = asked.bucket
            AND phone_index = substr($2::bytea, (asked.nr::integer - 1) * ${INDEX_BYTES} + 1, ${INDEX_BYTES}) LIMIT 1
        ) d
        ORDER BY d.index_version, asked.nr`,
      values: [
        column(SMALLINT, entries, ({ bucket }) => bucket),
        Buffer.concat(entries.map(({ index }) => index)),
      ],
    });
    // Every number's tombstone is looked for, whether or not the number is found, so that it takes as long.
    const numbers = asked.map(({ indexes }) => indexes);
    const [rows, tombstones] = await Promise.all([finding, this.tombstones.times(tx, numbers)]);
    const people = new Map<string, NumberOwner>();
    for (const { nr, lane, person_id: personId } of rows) {
      const entry = entries[nr - 1];
      if (!entry || isBuried(personId, tombstones[entry.at])) continue;
      people.set(personId, { lane, personId, externalId: entry.externalId });
    }
    return [...people.values()];
  }

  /** The same with whether they are contacts of the business: as of its turn, as another call may make them so. */
  async known(tx: Transaction, businessId: string, people: readonly NumberOwner[]): Promise<FoundPerson[]> {
    const rows = await tx.rows<{ person_id: string; external_id: string | null }>({
      name: 'match-known',
      text: `SELECT c.person_id, c.external_id FROM unnest($2::smallint[], $3::uuid[]) AS person (lane, id)
        JOIN contact c ON c.lane = person.lane AND c.person_id = person.id AND c.business_id = $1`,
      values: [
        businessId,
        column(SMALLINT, people, ({ lane }) => lane),
        column(UUID, people, ({ personId }) => personId),
      ],
    });
    const contacts = new Map(
      rows.map(({ person_id, external_id: externalId }) => [person_id, { externalId }]),
    );
    return people.map((person) => ({ ...person, contact: contacts.get(person.personId) ?? null }));
  }

  /**
   * Locks people's guard rows, ordered by lane and id as every writer does. What is decided about them is loaded in a
   * later statement, so that a stop that this waited for is seen.
   * @returns those who are still here: the others were erased while this waited
   */
  async lockPeople<P extends { lane: number; personId: string }>(
    tx: Transaction,
    people: readonly P[],
  ): Promise<P[]> {
    const rows = await tx.rows<{ person_id: string }>({
      name: 'match-lock-people',
      text: `SELECT g.person_id FROM unnest($1::smallint[], $2::uuid[]) AS person (lane, id)
        JOIN person_guard g ON g.lane = person.lane AND g.person_id = person.id
        ORDER BY g.lane, g.person_id FOR NO KEY UPDATE OF g`,
      values: [
        column(SMALLINT, people, ({ lane }) => lane),
        column(UUID, people, ({ personId }) => personId),
      ],
    });
    const here = new Set(rows.map(({ person_id }) => person_id));
    return people.filter(({ personId }) => here.has(personId));
  }

  /**
   * Makes people contacts under their external ids, or gives contacts that they already are the new one. Before that the
   * external ids `moving` leave whoever has them, also where nobody takes them on: a customer whose number is another one
   * now is no longer the person behind the former. Unique within a business because its calls take turns on its match
   * budget.
   */
  async write(
    tx: Transaction,
    businessId: string,
    moving: readonly string[],
    people: readonly FoundPerson[],
    now: Date,
  ): Promise<void> {
    await Promise.all([
      tx.run({
        name: 'match-unname',
        text: 'UPDATE contact SET external_id = NULL WHERE business_id = $1 AND external_id = ANY($2::text[])',
        values: [businessId, moving],
      }),
      tx.run({
        name: 'match-contacts',
        text: `INSERT INTO contact (lane, id, business_id, person_id, external_id, content_salt, created_at)
          SELECT lane, id, $1, person_id, external_id, content_salt, $7
          FROM unnest($2::smallint[], $3::uuid[], $4::uuid[], $5::text[], $6::bytea[])
            AS person (lane, id, person_id, external_id, content_salt)
          ORDER BY lane, person_id
          ON CONFLICT (lane, person_id, business_id) DO UPDATE SET external_id = excluded.external_id`,
        values: [
          businessId,
          column(SMALLINT, people, ({ lane }) => lane),
          column(UUID, people, ({ lane }) => uuid7(now.getTime(), lane)),
          column(UUID, people, ({ personId }) => personId),
          column(TEXT, people, ({ externalId }) => externalId),
          column(BYTEA, people, () => randomFromPool(SALT_BYTES)),
          now,
        ],
      }),
    ]);
  }

  /**
   * Makes a person who writes to a business a contact of it, under no external id; they are none yet, and the caller
   * holds their guard.
   */
  async begin(
    tx: Transaction,
    { lane, personId }: { lane: number; personId: string },
    businessId: string,
    at: Date,
  ): Promise<PersonsContact> {
    const contactId = uuid7(at.getTime(), lane);
    const contentSalt = randomBytes(SALT_BYTES);
    await tx.run({
      name: 'contact-begin',
      text: `INSERT INTO contact (lane, id, business_id, person_id, content_salt, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)`,
      values: [lane, contactId, businessId, personId, contentSalt, at],
    });
    return { contactId, contentSalt };
  }

  /** A business's contacts after one of them, oldest first. */
  async page(
    tx: Transaction,
    businessId: string,
    after: string | undefined,
    limit: number,
  ): Promise<KnownContact[]> {
    const rows = await tx.rows<ContactRow>({
      name: 'contact-page',
      text: `SELECT id, external_id, created_at FROM contact
        WHERE business_id = $1 AND id > $2 AND gone_at IS NULL ORDER BY id LIMIT $3`,
      values: [businessId, after ?? BEFORE_ALL, limit],
    });
    return rows.map(toContact);
  }

  /** Those of a business's contacts that have these ids. */
  async byIds(tx: Transaction, businessId: string, ids: readonly string[]): Promise<KnownContact[]> {
    const rows = await tx.rows<ContactRow>({
      name: 'contact-by-ids',
      text: `SELECT c.id, c.external_id, c.created_at FROM unnest($2::smallint[], $3::uuid[]) AS asked (lane, id)
        JOIN contact c ON c.lane = asked.lane AND c.id = asked.id AND c.business_id = $1 AND c.gone_at IS NULL`,
      values: [businessId, ids.map(laneOf), ids],
    });
    return rows.map(toContact);
  }

  /** The contact of a business that has this external id. */
  async byExternalId(
    tx: Transaction,
    businessId: string,
    externalId: string,
  ): Promise<KnownContact | undefined> {
    const [row] = await tx.rows<ContactRow>({
      name: 'contact-by-external-id',
      text: 'SELECT id, external_id, created_at FROM contact WHERE business_id = $1 AND external_id = $2',
      values: [businessId, externalId],
    });
    return row && toContact(row);
  }

  /** The people behind a business's contacts by its own names for them; in the role `engine`. */
  async peopleByExternalId(
    tx: Transaction,
    businessId: string,
    externalIds: readonly string[],
  ): Promise<Map<string, ContactPerson>> {
    const rows = await tx.rows<{ id: string; lane: number; person_id: string; external_id: string }>({
      name: 'contact-people-by-external-id',
      // LIMIT keeps the look-ups apart, as above; an external id is unique within a business.
      text: `SELECT asked.external_id, c.id, c.lane, c.person_id FROM unnest($2::text[]) AS asked (external_id)
        CROSS JOIN LATERAL (
          SELECT id, lane, person_id FROM contact
          WHERE business_id = $1 AND external_id = asked.external_id LIMIT 1
        ) c`,
      values: [businessId, externalIds],
    });
    return new Map(
      rows.map(({ external_id, id, lane, person_id }) => [
        external_id,
        { contactId: id, lane, personId: person_id },
      ]),
    );
  }

  /** Who is behind a business's contacts; in the role `engine`, since a business's own role can not see it. */
  async people(tx: Transaction, businessId: string, ids: readonly string[]): Promise<ContactPerson[]> {
    const rows = await tx.rows<{ id: string; lane: number; person_id: string }>({
      name: 'contact-people',
      text: `SELECT c.id, c.lane, c.person_id FROM unnest($2::smallint[], $3::uuid[]) AS asked (lane, id)
        JOIN contact c ON c.lane = asked.lane AND c.id = asked.id AND c.business_id = $1 AND c.gone_at IS NULL`,
      values: [businessId, ids.map(laneOf), ids],
    });
    return rows.map(({ id, lane, person_id }) => ({ contactId: id, lane, personId: person_id }));
  }
}

function toContact({ id, external_id, created_at }: ContactRow): KnownContact {
  return { id, externalId: external_id, createdAt: created_at };
}
