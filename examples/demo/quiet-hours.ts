/** A person is not to be disturbed for a while; what sells waits, what they need does not. */
import type { Business } from './business.ts';
import type { Reachable } from './chapters.ts';
import { draft, sendOne, sentTo, wasAccepted } from './messages.ts';
import { allow, type Person, received } from './people.ts';
import { chapter, check, clock, say, until } from './transcript.ts';

const HOUR_MS = 3_600_000;

interface Preferences {
  timeZone: string | null;
  quietHours: { from: string; to: string } | null;
}

/** Quiet hours of the person's own, from an hour ago to an hour ahead. */
export async function sleep(business: Business, { person, contact }: Reachable): Promise<void> {
  chapter('Quiet hours: MARKETING waits for their end, SERVICE does not');
  await allow(person, { business: business.id, purpose: 'MARKETING' });
  const end = new Date(Math.floor(Date.now() / 60_000) * 60_000 + HOUR_MS);
  const quietHours = { from: timeOfDay(new Date(end.getTime() - 2 * HOUR_MS)), to: timeOfDay(end) };
  await prefer(person, { timeZone: 'Europe/London', quietHours });
  say(
    'setPreferences',
    `${person.name} has quiet hours from ${quietHours.from} to ${quietHours.to} in London`,
  );
  try {
    const offer = draft(contact, 'night', `${person.name}, new lamps have come.`, 'MARKETING');
    const sent = await sendOne(business, offer);
    check('the offer is accepted', wasAccepted(sent), sent.reason);
    check('it waits for quiet hours', sent.deferredBecause === 'QUIET_HOURS', sent.deferredBecause);
    // Where the law's own quiet hours begin before these end, it waits for the end of both.
    const waits = !!sent.deferredUntil && Date.parse(sent.deferredUntil) >= end.getTime();
    check('it waits until they end', waits, sent.deferredUntil);
    say('MARKETING', `accepted; deferredBecause ${sent.deferredBecause},`);
    say('', `deferredUntil ${clock(sent.deferredUntil ?? '')} (UTC)`);
    const parcel = draft(contact, 'night-parcel', `${person.name}, your parcel is at your door.`);
    const service = await sendOne(business, parcel);
    check('SERVICE does not wait', wasAccepted(service) && !service.deferredUntil, service.deferredUntil);
    const inbox = await until('SERVICE is in the inbox', async () => {
      const messages = await received(person, business.id);
      return messages.some(({ text }) => text === parcel.text) ? messages : undefined;
    });
    check('the offer is not', !inbox.some(({ text }) => text === offer.text));
    const { status } = (await sentTo(business, contact)).find(({ id }) => id === sent.id) ?? {};
    check('the offer still waits', status === 'ACCEPTED', status);
    say('SERVICE', 'accepted, and in the inbox, while the offer waits');
  } finally {
    await prefer(person, { timeZone: null, quietHours: null });
  }
}

async function prefer({ api }: Person, preferences: Preferences): Promise<void> {
  await api.insist(
    `mutation ($input: SetPreferencesInput!) { setPreferences(input: $input) { preferences { timeZone } } }`,
    { input: preferences },
  );
}

function timeOfDay(time: Date): string {
  return time.toLocaleTimeString('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' });
}
