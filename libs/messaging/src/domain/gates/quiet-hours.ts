import { isTimeZone, judgeQuiet, zonesOfCountry } from '@assent/limits';
import { deferred, refused } from '../decision.js';
import type { DispatchFacts, PersonFacts } from '../facts.js';
import type { Gate } from './gate.js';

/**
 * Quiet hours defer until they end: those that the policy has for the purpose in the person's country, and on top of
 * them, for marketing, the person's own. Whose zone is not known has quiet while it is quiet anywhere in their country,
 * and whose country is not known either, always: it is night somewhere.
 */
export const quietHoursGate: Gate<DispatchFacts> = ({ purpose }, { contact, now }) => {
  if (purpose === null || purpose === 'AUTHENTICATION' || !contact) return undefined;
  const { preferences } = contact.person;
  const law = contact.consent.policy.rules[purpose].quietHours;
  const own = purpose === 'MARKETING' ? preferences.quietHours : null;
  const all = [law, own].filter((hours) => hours !== null);
  if (all.length === 0) return undefined;
  const zones = zonesOf(contact.person);
  if (zones.length === 0) return refused('QUIET_HOURS');
  const verdict = judgeQuiet(
    all.map((hours) => ({ hours, zones })),
    now,
  );
  if (!verdict.quiet) return undefined;
  return verdict.until ? deferred('QUIET_HOURS', verdict.until) : refused('QUIET_HOURS');
};

/** A person's pause defers everything but what they are waiting for themselves: a code to sign in with, say. */
export const pauseGate: Gate<DispatchFacts> = ({ purpose }, { contact, now }) => {
  const until = contact?.person.preferences.pausedUntil;
  if (purpose === 'AUTHENTICATION' || !until || until <= now) return undefined;
  return deferred('PAUSED', until);
};

/** By whose clocks a person's hours are meant. A zone may have been set where zones are known that this process does not know. */
function zonesOf({ country, preferences: { timeZone } }: PersonFacts): readonly string[] {
  return timeZone !== null && isTimeZone(timeZone) ? [timeZone] : zonesOfCountry(country);
}
