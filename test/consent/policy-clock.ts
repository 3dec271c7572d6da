import type { TestPlatform } from '../support/platform.js';

/** Stops the platform's clock at a time, whenever that is: with partitions around it, as a worker would have made them. */
export async function clockAt(platform: TestPlatform, time: Date): Promise<void> {
  await platform.database.sql(`CREATE OR REPLACE FUNCTION assent_now() RETURNS timestamptz
    LANGUAGE sql VOLATILE PARALLEL SAFE AS $$ SELECT '${time.toISOString()}'::timestamptz $$;
    SELECT assent_ensure_partitions()`);
}

/** Sets a stopped clock back, and gives back slots of throughput that lie in the future now. */
export async function clockBackAt(platform: TestPlatform, time: Date): Promise<void> {
  await clockAt(platform, time);
  await platform.database.sql('UPDATE business_guard SET throughput_tat = NULL');
}

/** The platform's time. */
export async function now(platform: TestPlatform): Promise<Date> {
  const [row] = await platform.database.sql<{ now: Date }>('SELECT assent_now() AS now');
  if (!row) throw new Error('No time');
  return row.now;
}
