/** A person asks for silence in a sentence of their own, and says how far it was meant to go. */
import { randomUUID } from 'node:crypto';
import type { Business } from './business.ts';
import type { Reachable } from './chapters.ts';
import { draft, sendOne, sentTo, wasAccepted } from './messages.ts';
import { allow, pause, type Person } from './people.ts';
import { chapter, check, say, sayRefused, until } from './transcript.ts';

const WORDS = 'hi, the tent is great, but please don’t write me any more';
const HOUR_MS = 3_600_000;

interface Question {
  id: string;
  suggested: string;
  business: { id: string };
}

/**
 * What waits is suppressed at once, and the platform asks instead of guessing.
 * @returns the entry of the person's ledger that their answer is
 */
export async function stopInOwnWords(business: Business, writer: Reachable): Promise<string> {
  chapter('A person writes that they want no more, in their own words');
  const { person, contact } = writer;
  await allow(person, { business: business.id, purpose: 'MARKETING' });
  say('allow', `${person.name} opts in to MARKETING of this business`);
  await pause(person, new Date(Date.now() + HOUR_MS));
  say('setPreferences', `${person.name} makes a pause of an hour, in which messages wait`);
  try {
    const message = draft(contact, 'sale', `${person.name}, our sale begins now.`, 'MARKETING');
    const sent = await sendOne(business, message);
    check('the message is accepted', wasAccepted(sent), sent.reason);
    const own = async () => (await sentTo(business, contact)).find(({ id }) => id === sent.id);
    const because = await until('the message waits', async () => (await own())?.deferredBecause ?? undefined);
    say(`to ${person.name}`, `MARKETING accepted; it waits: ${because}`);
    const { understood } = await person.api.insist<{ understood: string | null }>(
      `mutation ($input: WriteToBusinessInput!) { writeToBusiness(input: $input) {
        ... on WriteToBusinessPayload { understood } } }`,
      { input: { business: business.id, text: WORDS, idempotencyKey: randomUUID() } },
    );
    check('the sentence is understood', understood === 'STOP_REQUEST', understood);
    say('writeToBusiness', `“${WORDS}”`, `understood: ${understood}`);
    const ended = await own();
    check('what waited is suppressed', ended?.status === 'SUPPRESSED', ended?.status);
    check('the reason is kept', ended.reason === 'CONSENT_STOPPED', ended.reason);
    say('message', `${ended.status}: ${ended.reason}, before the person was answered`);
    await answer(business, person);
  } finally {
    await pause(person, null);
  }
  const service = draft(contact, 'invoice', `${person.name}, here is your invoice.`);
  sayRefused(`to ${person.name}, SERVICE`, await sendOne(business, service), 'CONSENT_STOPPED');
  const { nodes } = await person.api.insist<{ nodes: { id: string }[] }>(
    `{ consentHistory(first: 1) { nodes { id } } }`,
  );
  check('the answer is in the ledger', nodes[0] !== undefined);
  return nodes[0].id;
}

async function answer(business: Business, { name, api }: Person): Promise<void> {
  const { nodes } = await api.insist<{ nodes: Question[] }>(
    `{ stopQuestions(first: 100, open: true) { nodes { id suggested business { id } } } }`,
  );
  const question = nodes.find((one) => one.business.id === business.id);
  check('the person is asked how far it goes', question !== undefined);
  say('stopQuestions', `${name} is asked how far to go; suggested: ${question.suggested}`);
  const { consent } = await api.insist<{ consent: { standing: string; purpose: string | null } }>(
    `mutation ($input: AnswerStopQuestionInput!) { answerStopQuestion(input: $input) {
      ... on AnswerStopQuestionPayload { consent { standing purpose } } } }`,
    { input: { question: question.id, answer: 'BUSINESS' } },
  );
  check('all of the business is stopped', consent.standing === 'STOPPED' && consent.purpose === null);
  say('answerStopQuestion', 'BUSINESS: everything of this business is stopped, not only its offers');
}
