import { randomBytes } from 'node:crypto';
import { Handles, parsePublicId, uuid7 } from '@assent/platform';
import type { TestPlatform } from '../platform.js';

/** A person as the database knows them. They have no number and no session. */
export interface CrowdMember {
  lane: number;
  personId: string;
  /** Their handle at each of the businesses, in order. */
  contacts: string[];
}

const LANES = 1_024;

/** Thousands of people in a moment, written by SQL: contacts of these businesses. They joined `country` first. */
export async function aCrowd(
  platform: TestPlatform,
  count: number,
  businesses: { id: string }[] = [],
  country: string | null = 'DE',
): Promise<CrowdMember[]> {
  const handles = platform.app.get(Handles, { strict: false });
  const now = Date.now();
  const people = Array.from({ length: count }, (_, at) => ({
    lane: at % LANES,
    personId: uuid7(now, at % LANES),
    contacts: [] as string[],
  }));
  const lanes = people.map(({ lane }) => lane);
  const personIds = people.map(({ personId }) => personId);
  await platform.database.sql(
    `WITH joined AS (
        INSERT INTO person (lane, id, country, created_at)
        SELECT lane, id, $3, assent_now() FROM unnest($1::smallint[], $2::uuid[]) AS t (lane, id)
        RETURNING lane, id
      )
      INSERT INTO person_guard (lane, person_id) SELECT lane, id FROM joined`,
    [lanes, personIds, country],
  );
  for (const business of businesses) {
    const businessId = parsePublicId('biz', business.id);
    const ids = lanes.map((lane) => uuid7(now, lane));
    await platform.database.sql(
      `INSERT INTO contact (lane, person_id, id, content_salt, business_id, created_at)
        SELECT lane, person_id, id, salt, $5, assent_now()
        FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::bytea[]) AS t (lane, person_id, id, salt)`,
      [lanes, personIds, ids, ids.map(() => randomBytes(32)), businessId],
    );
    people.forEach(({ contacts }, at) =>
      contacts.push(handles.seal(`business:${businessId}`, 'ctc', ids[at]!)),
    );
  }
  await platform.database.sql('ANALYZE person, person_guard, contact');
  return people;
}
