import { JudgeQuality } from '@assent/limits';
import type { TestPlatform } from '../platform.js';
import { until } from '../until.js';

const QUALITY = `level since score evidence judgedAt
  inputs { outcome conversations good bad } restoring { level replies reads forgottenAt }
  formula { halfLifeDays provenDays cohortPercent evidence greenFrom redBelow hysteresis }`;

/** Settings by which everybody's reaction counts in full at once. */
export const EVERYBODY_COUNTS = {
  QUALITY_PROVEN_DAYS: '0',
  QUALITY_COHORT_PERCENT: '100',
  QUALITY_EVIDENCE: '1',
};

/** A business's quality as it reads it itself. */
export async function qualityOf(platform: TestPlatform, { apiKey }: { apiKey: string }): Promise<any> {
  return (await platform.business(apiKey).do(`{ quality { ${QUALITY} } }`)).quality;
}

/** A business's quality as the operator reads it: with exact counts. */
export async function exactQualityOf(platform: TestPlatform, { id }: { id: string }): Promise<any> {
  const { businessQuality } = await platform
    .admin()
    .do(`query ($id: ID!) { businessQuality(business: $id) { ${QUALITY} } }`, { id });
  return businessQuality;
}

/** How many conversations stand how; those without any are left out. */
export function countsOf({ inputs }: any): Record<string, number> {
  const some = inputs.filter(({ conversations }: any) => conversations > 0);
  return Object.fromEntries(some.map(({ outcome, conversations }: any) => [outcome, conversations]));
}

/** Judges all businesses anew, whenever they are due, by everything that has been committed. */
export async function judgeAll(platform: TestPlatform): Promise<void> {
  await platform.eventsShow();
  await platform.database.sql('UPDATE quality_reader SET due_at = assent_now()');
  const judge = platform.app.get(JudgeQuality, { strict: false });
  while (await judge.execute());
}

/** Waits until a business is judged to stand so. */
export function untilJudged(
  platform: TestPlatform,
  business: { id: string },
  what: string,
  holds: (quality: any, counts: Record<string, number>) => boolean,
): Promise<any> {
  return until(what, async () => {
    await judgeAll(platform);
    const quality = await exactQualityOf(platform, business);
    return holds(quality, countsOf(quality)) && quality;
  });
}
