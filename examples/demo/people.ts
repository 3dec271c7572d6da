/** People, as their apps act for them. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Owner } from './customers.ts';
import { Api, codeFor } from './platform.ts';
import { check, clock, forEach, type Refusal, say } from './transcript.ts';

/** Somebody with a verified number, and the app that acts for them. */
export interface Person {
  /** First name and initial: all that a transcript needs. */
  name: string;
  /** By which the business knows this customer in its own system. */
  externalId: string;
  api: Api;
}

/** A message as its receiver reads it. */
export interface Received {
  id: string;
  text: string;
  purpose: string;
  status: string;
  cursor: string;
  business: { id: string };
}

/** What a person's word covers; nothing named: everything. */
export interface Scope {
  business?: string;
  purpose?: 'AUTHENTICATION' | 'SERVICE' | 'MARKETING' | 'MATCHING';
}

const AT_A_TIME = 8;
let saidToWait = false;

/** Each proves their number by the code that is sent to it: a new person, or the same one again. */
export async function join(owners: Owner[], progress: (text: string) => void): Promise<Person[]> {
  let joined = 0;
  return forEach(owners, AT_A_TIME, async ({ name, externalId, number }) => {
    const anybody = new Api('person');
    const code = await codeFor(number, () => requestCode(anybody, number));
    const { token } = await anybody.ask<{ token?: string }>(
      `mutation ($input: VerifyPhoneInput!) { verifyPhone(input: $input) {
        ... on VerifyPhonePayload { token } } }`,
      { input: { phone: number, code } },
    );
    check('the code proves the number', token !== undefined);
    progress(`${(joined += 1)} of ${owners.length}`);
    const [first = '', last = ''] = name.split(' ');
    return { name: `${first} ${last.charAt(0)}.`, externalId, api: new Api('person', token) };
  });
}

/** Who plays this demo often asks for more codes than one number may get; the refusal says when the next one passes. */
async function requestCode(api: Api, phone: string): Promise<void> {
  for (;;) {
    const { reason, retryAt } = await api.ask<Partial<Refusal>>(
      `mutation ($input: RequestPhoneCodeInput!) { requestPhoneCode(input: $input) {
        ... on Refusal { reason retryAt } } }`,
      { input: { phone } },
    );
    if (!reason) return;
    check('a code is sent, or there were 5 in 10 minutes', reason === 'TOO_MANY_CODES' && !!retryAt, reason);
    if (!saidToWait)
      say('requestPhoneCode', `5 codes in 10 minutes were sent already: waiting until ${clock(retryAt)}`);
    saidToWait = true;
    await wait(Date.parse(retryAt) - Date.now() + 1_000);
  }
}

/** From the answer on, nothing that the stop covers reaches the person. Answers when it took effect. */
export async function stop({ api }: Person, scope: Scope): Promise<string> {
  const { consent } = await api.insist<{ consent: { standing: string; since: string } }>(
    `mutation ($input: StopInput!) { stop(input: $input) { consent { standing since } } }`,
    { input: scope },
  );
  check('the stop stands', consent.standing === 'STOPPED', consent.standing);
  return consent.since;
}

/** Lifts a stop of this very scope; with a purpose it is an opt-in as well. */
export async function allow({ api }: Person, scope: Scope): Promise<void> {
  await api.insist(`mutation ($input: AllowInput!) { allow(input: $input) { consent { standing } } }`, {
    input: scope,
  });
}

/** Nothing but codes becomes visible to a person until then; null ends a pause. */
export async function pause({ api }: Person, until: Date | null): Promise<void> {
  await api.insist(
    `mutation ($input: SetPreferencesInput!) { setPreferences(input: $input) { preferences { pausedUntil } } }`,
    { input: { pausedUntil: until } },
  );
}

/** What a business's messages in a person's inbox say, oldest first; at most the newest 100 messages are looked at. */
export async function received({ api }: Person, business: string): Promise<Received[]> {
  const { nodes } = await api.insist<{ nodes: Received[] }>(
    `{ inbox(first: 100) { nodes { id text purpose status cursor business { id } } } }`,
  );
  return nodes.filter((message) => message.business.id === business).reverse();
}
