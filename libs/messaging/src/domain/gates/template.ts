import { deferred, refused } from '../decision.js';
import type { DispatchFacts } from '../facts.js';
import type { Gate } from './gate.js';

/** A message is sent by a template of the business that is approved and stands, with values that fit it. */
export const templateGate: Gate<DispatchFacts> = ({ template }, { now }) => {
  if (!template) return undefined;
  if (!template.known) return refused('TEMPLATE_UNKNOWN');
  if (template.disabled) return refused('TEMPLATE_DISABLED');
  if (!template.approved) return refused('TEMPLATE_NOT_APPROVED');
  const { pausedUntil, misfit } = template;
  if (misfit?.kind === 'PARAMETER') return refused('TEMPLATE_PARAMETERS', null, misfit.parameter);
  return pausedUntil && pausedUntil > now ? refused('TEMPLATE_PAUSED', pausedUntil) : undefined;
};

/** What was accepted before its template was paused waits for the end of that; disabled, it ends. */
export const templateStandingGate: Gate<DispatchFacts> = ({ template }, { now }) => {
  if (!template) return undefined;
  const { disabled, pausedUntil } = template;
  if (disabled) return refused('TEMPLATE_DISABLED');
  return pausedUntil && pausedUntil > now ? deferred('TEMPLATE_PAUSED', pausedUntil) : undefined;
};
