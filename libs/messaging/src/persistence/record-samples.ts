import type { TemplateSample } from '@assent/limits';

/** A sample of a template as a batch leaves it. */
export interface ChangedSample {
  templateId: string;
  businessId: string;
  sample: TemplateSample;
}

/** Keeps samples, under the guards of their businesses; `from` is the first of the seven parameters of `sampleColumns`. */
export const keepSamples = (
  from: number,
) => `INSERT INTO template_sample AS s (template_id, business_id, version_id, began_at, used, out_ms, passed_at)
  SELECT sample.* FROM unnest($${from}::uuid[], $${from + 1}::uuid[], $${from + 2}::uuid[], $${from + 3}::timestamptz[],
    $${from + 4}::int[], $${from + 5}::bigint[], $${from + 6}::timestamptz[]) AS sample
  ON CONFLICT (template_id) DO UPDATE SET version_id = excluded.version_id, began_at = excluded.began_at,
    used = excluded.used, out_ms = excluded.out_ms, passed_at = coalesce(excluded.passed_at, s.passed_at)`;

/** The samples that a batch changed, each once. */
export function sampleColumns(changed: readonly ChangedSample[]): unknown[] {
  const each = [...new Map(changed.map((one) => [one.sample, one])).values()];
  return [
    each.map(({ templateId }) => templateId),
    each.map(({ businessId }) => businessId),
    each.map(({ sample }) => sample.versionId),
    each.map(({ sample }) => sample.beganAt),
    each.map(({ sample }) => sample.used),
    each.map(({ sample }) => sample.outMs),
    each.map(({ sample }) => sample.passedAt),
  ];
}
