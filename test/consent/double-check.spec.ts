import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CheckLedger } from '@assent/consent';
import { change } from './consent-platform.js';
import { type LoggedPerson, type LogPlatform, startLog } from './log-platform.js';

let log: LogPlatform;
let person: LoggedPerson;

beforeAll(async () => {
  log = await startLog({ LEDGER_CHECK_SAMPLE: '150' });
  person = await somebody();
  await somebody();
  await log.extend();
});
afterAll(() => log.platform.stop());
afterEach(async () => {
  await sql('DELETE FROM consent_alarm');
});

const sql = (text: string, values?: unknown[]) => log.database.sql(text, values);
const check = () => log.get(CheckLedger).execute({ due: true });

/** Somebody with four entries in their ledger. */
async function somebody(): Promise<LoggedPerson> {
  const somebody = await log.aPerson();
  await change(somebody, 'stop', { purpose: 'MARKETING' });
  await change(somebody, 'allow', { purpose: 'MARKETING' });
  await change(somebody, 'stop');
  await change(somebody, 'allow', { purpose: 'ADS' });
  return somebody;
}

/** Open alarms as the operator's staff sees them. */
async function alarms(): Promise<any[]> {
  const { consentAlarms } = await log.platform
    .admin()
    .do('{ consentAlarms(first: 100) { nodes { id kind personId detail resolvedAt note } } }');
  return consentAlarms.nodes;
}

/** What is found after a change by SQL, which is undone afterwards. */
async function found(tamper: string, ...values: unknown[]): Promise<string[]> {
  await sql('DELETE FROM consent_alarm');
  const tables = ['consent_event', 'consent_state', 'person_guard', 'consent_log_node'];
  for (const table of tables) await sql(`CREATE TABLE kept_${table} AS TABLE ${table}`);
  try {
    await sql(tamper, values);
    await check();
  } finally {
    for (const table of tables) {
      if (table === 'person_guard') {
        await sql(`UPDATE person_guard g SET consent_seq = k.consent_seq, consent_head = k.consent_head
          FROM kept_person_guard k WHERE k.lane = g.lane AND k.person_id = g.person_id`);
      } else {
        await sql(`DELETE FROM ${table}`);
        await sql(`INSERT INTO ${table} SELECT * FROM kept_${table}`);
      }
      await sql(`DROP TABLE kept_${table}`);
    }
  }
  const seen = await alarms();
  expect(new Set(seen.map(({ personId }) => personId))).toEqual(
    new Set(seen.length > 0 ? [person.personId] : []),
  );
  return seen.map(({ kind, detail }) => `${kind} ${detail}`).sort();
}

const WHERE = 'WHERE person_id = $1';

describe('the double check', () => {
  it('finds nothing where everything is sound, whatever people do meanwhile', async () => {
    const report = await check();
    expect(report).toMatchObject({ alarms: {} });
    expect(report?.persons).toBeGreaterThanOrEqual(2);
    const people = await Promise.all([somebody(), somebody(), somebody()]);
    const busy = Promise.all(
      people.map(async (one) => {
        for (let nr = 0; nr < 10; nr++) await change(one, nr % 2 ? 'stop' : 'allow', { purpose: 'ADS' });
      }),
    );
    const reports = [];
    for (let round = 0; round < 8; round++) {
      await log.extend();
      reports.push(await check());
    }
    await busy;
    await log.extend();
    reports.push(await check());
    expect(reports.map((one) => one?.alarms)).toEqual(reports.map(() => ({})));
    expect(await alarms()).toEqual([]);
  });

  it('finds a state that was changed, is missing or is too much', async () => {
    const MARKETING = `${WHERE} AND subject = 'MARKETING'`;
    expect(await found(`UPDATE consent_state SET standing = 'LIFTED' ${MARKETING}`, person.personId)).toEqual(
      ['STATE_DIFFERS MARKETING of all businesses: not what the ledger says'],
    );
    expect(
      await found(`UPDATE consent_state SET since = since + interval '1 ms' ${MARKETING}`, person.personId),
    ).toEqual(['STATE_DIFFERS MARKETING of all businesses: not what the ledger says']);
    expect(await found(`DELETE FROM consent_state ${MARKETING}`, person.personId)).toEqual([
      'STATE_DIFFERS MARKETING of all businesses: not there',
    ]);
    const added = `INSERT INTO consent_state SELECT lane, person_id, business_id, 'SERVICE', 'ALLOWED', since, event_id
      FROM consent_state ${MARKETING}`;
    expect(await found(added, person.personId)).toEqual([
      'STATE_DIFFERS SERVICE of all businesses: not in the ledger',
    ]);
  });

  it('finds an entry that was changed, that is missing, or that does not follow', async () => {
    const changed = await found(
      `UPDATE consent_event SET source = 'link' ${WHERE} AND seq = 2`,
      person.personId,
    );
    expect(changed).toEqual(['ENTRY_CHANGED entry 2', 'LEAF_DIFFERS entry 2']);
    expect(await found(`DELETE FROM consent_event ${WHERE} AND seq = 1`, person.personId)).toEqual([
      'ENTRY_MISSING before entry 2',
    ]);
    expect(await found(`DELETE FROM consent_event ${WHERE} AND seq = 4`, person.personId)).toEqual([
      'ENTRY_MISSING between entry 3 and entry 4',
      'STATE_DIFFERS ADS of all businesses: not in the ledger',
    ]);
    expect(
      await found(`UPDATE person_guard SET consent_head = sha256('another') ${WHERE}`, person.personId),
    ).toEqual(['CHAIN_BROKEN the end, entry 4']);
    const leaf = `UPDATE consent_log_node SET hash = sha256('another') WHERE level = 0 AND index =
      (SELECT max(leaf_index) FROM consent_log_position ${WHERE})`;
    expect(await found(leaf, person.personId)).toEqual(['LEAF_DIFFERS entry 4']);
  });

  it('finds a ledger that somebody shortened, end and state and all, by the leaves of the log', async () => {
    const shortened = `WITH gone AS (DELETE FROM consent_event ${WHERE} AND seq = 4),
      state AS (DELETE FROM consent_state ${WHERE} AND subject = 'ADS')
      UPDATE person_guard SET consent_seq = 3,
        consent_head = (SELECT hash FROM consent_event ${WHERE} AND seq = 3) ${WHERE}`;
    expect(await found(shortened, person.personId)).toEqual(['ENTRY_MISSING that of leaf 3']);
  });

  it('raises an alarm once, until it was resolved, and anew where the difference is still there', async () => {
    await sql(`UPDATE consent_state SET standing = 'LIFTED' ${WHERE} AND subject = 'MARKETING'`, [
      person.personId,
    ]);
    const before = log.platform.logs.length;
    expect((await check())?.alarms).toEqual({ STATE_DIFFERS: 1 });
    expect((await check())?.alarms).toEqual({});
    const [alarm, ...more] = await alarms();
    expect(more).toEqual([]);
    const lines = log.platform.logs.slice(before).filter((line) => line.includes('double check'));
    expect(lines).toEqual([expect.stringContaining('"alarms":{"STATE_DIFFERS":1}')]);
    expect(lines.join()).not.toContain(person.personId);

    const resolve = async (id: string, note: string) =>
      (
        await log.platform.admin().do(
          `mutation ($input: ResolveConsentAlarmInput!) { resolveConsentAlarm(input: $input) {
            __typename ... on ResolveConsentAlarmPayload { alarm { note resolvedBy } } ... on Refusal { reason }
          } }`,
          { input: { alarm: id, note } },
        )
      ).resolveConsentAlarm;
    const both = await Promise.all([resolve(alarm.id, 'Looked into.'), resolve(alarm.id, 'Looked into.')]);
    expect(both.map((one) => one.reason ?? one.alarm.note).sort()).toEqual([
      'ALREADY_RESOLVED',
      'Looked into.',
    ]);
    expect((await resolve('alm_00000000000000000000000000', 'x')).reason).toBe('ALARM_NOT_FOUND');
    await expect(resolve(alarm.id, 'Half of a pair: \ud83d')).rejects.toThrow(/input.note/);
    expect(await alarms()).toEqual([]);
    expect((await check())?.alarms).toEqual({ STATE_DIFFERS: 1 });
    await sql(`UPDATE consent_state SET standing = 'ALLOWED' ${WHERE} AND subject = 'MARKETING'`, [
      person.personId,
    ]);
  });

  it('is done once in 24 hours, by one of any number of workers', async () => {
    await check();
    const daily = () => log.get(CheckLedger).execute();
    expect(await daily()).toBeUndefined();
    await sql(`UPDATE consent_check SET checked_at = checked_at - interval '24 hours'`);
    const reports = await Promise.all([daily(), daily(), daily(), daily()]);
    expect(reports.filter((one) => one !== undefined).length).toBeGreaterThanOrEqual(1);
    expect(await daily()).toBeUndefined();
  });

  it('looks at everybody whose ledger has grown, and goes on where it was broken off', async () => {
    await check();
    const people = [await somebody(), await somebody()];
    await log.extend();
    await sql(
      `UPDATE consent_state SET standing = 'LIFTED' WHERE person_id = ANY ($1) AND subject = 'MARKETING'`,
      [people.map(({ personId }) => personId)],
    );
    const stopping = new AbortController();
    const broken = log.get(CheckLedger).execute({ due: true, stopping: stopping.signal });
    stopping.abort();
    const first = (await broken)?.alarms ?? {};
    const second = (await check())?.alarms ?? {};
    expect((first.STATE_DIFFERS ?? 0) + (second.STATE_DIFFERS ?? 0)).toBe(2);
    const [{ next_leaf, size }] = (await sql(`SELECT next_leaf,
      (SELECT max(index) + 1 FROM consent_log_node WHERE level = 0) AS size FROM consent_check`)) as [
      { next_leaf: string; size: string },
    ];
    expect(next_leaf).toBe(size);
  });
});
