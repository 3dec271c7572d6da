/** A message for another day, and the business changes its mind. */
import type { Business } from './business.ts';
import type { Reachable } from './chapters.ts';
import { draft, sendOne, sentTo, wasAccepted } from './messages.ts';
import { chapter, check, clock, say, sayRefused } from './transcript.ts';

const MINUTE_MS = 60_000;

interface Cancelled {
  __typename: string;
  wasCancelled?: boolean;
  reason?: string;
  message?: string;
}

/** A scheduled message is taken back; one that is there already is not. */
export async function scheduleAndCancel(business: Business, { person, contact }: Reachable): Promise<void> {
  chapter('A message is scheduled, and taken back');
  const reminder = draft(contact, 'reminder', `${person.name}, your tent can be fetched tomorrow.`);
  const tooSoon = await sendOne(business, { ...reminder, sendAt: inMinutes(1) });
  sayRefused('sendMessage, in a minute', tooSoon, 'SCHEDULE_TOO_SOON');

  const sendAt = inMinutes(24 * 60);
  const scheduled = await sendOne(business, {
    ...reminder,
    idempotencyKey: `${reminder.idempotencyKey}-2`,
    sendAt,
  });
  check('it is accepted', wasAccepted(scheduled), scheduled.reason);
  check('it waits for its time', scheduled.deferredBecause === 'SCHEDULED', scheduled.deferredBecause);
  check('until that very time', Date.parse(scheduled.deferredUntil ?? '') === Date.parse(sendAt));
  say('sendMessage', `for tomorrow, ${clock(sendAt)} (UTC): accepted, waits: SCHEDULED`);

  const first = await cancel(business, scheduled.id);
  check('it is taken back', first.__typename === 'CancelledMessage' && !first.wasCancelled, first.reason);
  const again = await cancel(business, scheduled.id);
  check('taking it back again changes nothing', again.wasCancelled === true, again.reason);
  const sent = await sentTo(business, contact);
  const { status } = sent.find(({ id }) => id === scheduled.id) ?? {};
  check('it ended CANCELLED', status === 'CANCELLED', status);
  say('cancelMessage', 'it ended CANCELLED; the same again changes nothing');

  const there = sent.find(({ dispatchedAt }) => dispatchedAt !== null);
  check('something has been dispatched to them', there !== undefined);
  sayRefused('cancelMessage', await cancel(business, there.id), 'ALREADY_DISPATCHED');
}

function inMinutes(minutes: number): string {
  return new Date(Date.now() + minutes * MINUTE_MS).toISOString();
}

async function cancel({ api }: Business, message: string | undefined): Promise<Cancelled> {
  return api.insist<Cancelled>(
    `mutation ($input: CancelMessageInput!) { cancelMessage(input: $input) {
      __typename ... on CancelledMessage { wasCancelled } ... on Refusal { reason message } } }`,
    { input: { message } },
  );
}
