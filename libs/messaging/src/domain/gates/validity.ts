import { refused } from '../decision.js';
import type { DispatchFacts } from '../facts.js';
import { VALIDITY_RANGES } from '../validity.js';
import type { Gate } from './gate.js';

/** A message asks for a validity that makes sense for its purpose, or for none. */
export const validityGate: Gate<DispatchFacts> = ({ validForMs, purpose }) => {
  if (typeof validForMs !== 'number' || !purpose) return undefined;
  const { shortest, longest } = VALIDITY_RANGES[purpose];
  return validForMs < shortest || validForMs > longest ? refused('VALIDITY_OUT_OF_RANGE') : undefined;
};
