import type { CarrierName } from '@assent/carriers';
import type { KillSwitchKind, SwitchFact } from '../domain/kill-switch.js';

/** A column of `selectSwitches` as it is read: milliseconds, since JSON knows no times. Null: there is none. */
export type SwitchColumn =
  | { kind: KillSwitchKind; template_id: string | null; carrier: CarrierName | null; until: number | null }[]
  | null;

/**
 * The kill switches that nobody has lifted, of a business, of its templates and of all businesses, as one column for a statement
 * that reads the business anyway: look-ups in an index of what is hardly ever there.
 *
 * @param businessId what names the business in that statement
 */
export function selectSwitches(businessId: string): string {
  return `(SELECT jsonb_agg(jsonb_build_object('kind', k.kind, 'template_id', k.template_id, 'carrier', k.carrier,
      'until', extract(epoch FROM k.ends_at) * 1000))
    FROM kill_switch k WHERE k.ended_at IS NULL AND (k.business_id = ${businessId} OR k.business_id IS NULL))`;
}

/** What a column of `selectSwitches` says. */
export function toSwitchFacts(column: SwitchColumn): SwitchFact[] {
  return (column ?? []).map(({ kind, template_id, carrier, until }) => ({
    kind,
    templateId: template_id,
    carrier,
    until: until === null ? null : new Date(until),
  }));
}
