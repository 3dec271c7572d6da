import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LogPlatform, startLog } from './log-platform.js';

let log: LogPlatform;
beforeAll(async () => {
  log = await startLog();
  await log.record(await log.aPerson(), 3);
  await log.settle();
});
afterAll(() => log.platform.stop());

describe('beneath the API', () => {
  const TABLES = {
    consent_log_node: 'hash',
    consent_log_checkpoint: 'note',
    consent_log_position: 'leaf_index',
  };
  const ROLES = ['gate', 'business', 'person', 'admin', 'engine'];

  it.each(ROLES)('the role %s can neither change nor remove what is in the log', async (role) => {
    for (const [table, column] of Object.entries(TABLES)) {
      for (const text of [
        `UPDATE ${table} SET ${column} = ${column}`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table}`,
      ]) {
        await expect(log.as(role, text)).rejects.toMatchObject({ code: '42501' });
      }
    }
  });

  it.each(ROLES.filter((role) => role !== 'engine'))('the role %s can not add to the log', async (role) => {
    for (const text of [
      `INSERT INTO consent_log_node VALUES (0, 999999, decode(repeat('00', 32), 'hex'))`,
      `INSERT INTO consent_log_checkpoint VALUES (999999, 'x', now())`,
      `INSERT INTO consent_log_position VALUES (0, gen_random_uuid(), gen_random_uuid(), 999999)`,
      'DELETE FROM consent_log_queue',
    ]) {
      await expect(log.as(role, text)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('the role eraser removes events and where they are, and nothing of the tree', async () => {
    for (const text of ['DELETE FROM consent_event', 'DELETE FROM consent_log_position']) {
      await expect(log.as('eraser', text)).resolves.toBeDefined();
      for (const role of ROLES) {
        await expect(log.as(role, text)).rejects.toMatchObject({ code: '42501' });
      }
    }
    for (const text of [
      'DELETE FROM consent_log_node',
      'DELETE FROM consent_log_checkpoint',
      `UPDATE consent_log_node SET hash = hash`,
      `UPDATE consent_event SET salt = salt`,
      `INSERT INTO consent_event SELECT * FROM consent_event`,
      `INSERT INTO consent_log_checkpoint VALUES (999999, 'x', now())`,
    ]) {
      await expect(log.as('eraser', text)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('no two checkpoints, and no two leaves, can have the same place', async () => {
    for (const text of [
      `INSERT INTO consent_log_checkpoint SELECT size, 'forked', at FROM consent_log_checkpoint`,
      'INSERT INTO consent_log_node SELECT level, index, hash FROM consent_log_node',
    ]) {
      await expect(log.as('engine', text)).rejects.toMatchObject({ code: '23505' });
    }
  });

  it('a person sees which leaves are theirs, and queues nothing for another', async () => {
    const person = await log.aPerson();
    await log.record(person, 2);
    await log.extend();
    const own = `SET LOCAL app.person = '${person.personId}'`;
    const seen = (await log.as(
      'person',
      `${own}; SELECT DISTINCT person_id FROM consent_log_position`,
    )) as any;
    expect(seen.at(-1).rows).toEqual([{ person_id: person.personId }]);
    const other = `INSERT INTO consent_log_queue (lane, person_id, event_id) VALUES (0, gen_random_uuid(), gen_random_uuid())`;
    await expect(log.as('person', `${own}; ${other}`)).rejects.toThrow(/row-level security/);
  });

  it('no business and no admin reads the log', async () => {
    for (const role of ['business', 'admin']) {
      for (const table of Object.keys(TABLES)) {
        await expect(log.as(role, `SELECT FROM ${table}`)).rejects.toMatchObject({ code: '42501' });
      }
    }
  });
});
