/** What a person takes away, and can show to anybody: a receipt, a copy of everything, a proof that they are gone. */
import { createHash } from 'node:crypto';
import type { Business } from './business.ts';
import type { Reachable } from './chapters.ts';
import type { Owner } from './customers.ts';
import { contactsOf, draft, sendOne } from './messages.ts';
import type { OfflineReader } from './offline.ts';
import { Api } from './platform.ts';
import { chapter, check, count, long, say, sayRefused, until } from './transcript.ts';

/** A signed receipt of a stop; and the same with one digit changed. */
export async function takeReceipt(
  { person }: Reachable,
  eventId: string,
  reader: OfflineReader,
): Promise<void> {
  chapter('A receipt of that stop, verified offline');
  const document = await until('the log is signed with the stop', async () => {
    const answer = await person.api.insist<{ document?: string }>(
      `query ($eventId: ID!) { consentReceipt(eventId: $eventId) { ... on ConsentReceipt { document } } }`,
      { eventId },
    );
    return answer.document;
  });
  reader.keep('receipt.json', document);
  say('consentReceipt', `${person.name} keeps ${count(document.length)} bytes: receipt.json`);
  reader.confirm('receipt.json');
  const { event } = (JSON.parse(document) as { consent_record: { event: { event_time: string } } })
    .consent_record;
  const earlier = new Date(Date.parse(event.event_time) - 1).toISOString();
  reader.keep('forged.json', document.replaceAll(event.event_time, earlier));
  say('', 'Somebody moves the stop by a millisecond.');
  reader.refute('forged.json');
}

/** A signed copy of everything that is held about a person. */
export async function takeEverything({ person }: Reachable, reader: OfflineReader): Promise<void> {
  chapter('A copy of everything that is held about a person, verified offline');
  const asked = await person.api.insist<{ export?: { id: string } }>(
    `mutation { exportMyData { ... on ExportMyDataPayload { export { id } } } }`,
  );
  check('the export is begun', asked.export !== undefined);
  const { id } = asked.export;
  const made = await long(
    'exportMyData',
    () =>
      until('the export is ready', async () => {
        const state = await person.api.insist<{
          downloadPath: string | null;
          sha256: string;
          records: number;
        }>(`query ($id: ID!) { myExport(id: $id) { downloadPath sha256 records } }`, { id });
        return state.downloadPath ? { ...state, downloadPath: state.downloadPath } : undefined;
      }),
    ({ records }) => `made, ${count(records)} records`,
  );
  const zip = await person.api.download(made.downloadPath);
  const sha256 = createHash('sha256').update(zip).digest('hex');
  check('it arrives as it was made', sha256 === made.sha256, sha256);
  reader.keep('export.zip', zip);
  say('', `${person.name} keeps ${count(zip.length)} bytes: export.zip`);
  reader.confirm('export.zip');
}

/** A person goes for good, with a proof; the business finds nobody where they were. */
export async function leave(
  business: Business,
  { person, contact }: Reachable,
  owner: Owner,
  reader: OfflineReader,
): Promise<void> {
  chapter('A person erases themselves, with a proof, verified offline');
  const { token } = await person.api.ask<{ token: string }>(
    `mutation { eraseMe(input: { confirm: "ERASE" }) { token } }`,
  );
  const fault = await person.api.fault('{ me { phone } }');
  check('every session is dead at once', fault === 'UNAUTHENTICATED', fault);
  say('eraseMe', `${person.name}’s session is dead: ${fault}`);
  const gone = draft(contact, 'farewell', 'Are you still there?');
  sayRefused('sendMessage', await sendOne(business, gone), 'CONTACT_GONE');
  const anybody = new Api('person');
  const { proof, stores } = await long(
    'erasure',
    () =>
      until('the erasure is done', async () => {
        const state = await anybody.insist<{ proof: string | null; stores: unknown[] }>(
          `query ($token: String!) { erasure(token: $token) { proof stores { store } } }`,
          { token },
        );
        return state.proof ? { ...state, proof: state.proof } : undefined;
      }),
    (done) => `done, with a proof of what became of each of ${done.stores.length} stores`,
  );
  check('each store is accounted for', stores.length > 10, stores.length);
  check('the proof names nobody', !proof.includes(owner.number.slice(1)));
  reader.keep('proof.json', proof);
  reader.confirm('proof.json');
  await findNobody(business, owner);
}

async function findNobody(business: Business, { externalId, phone, country }: Owner): Promise<void> {
  const { results } = await business.api.insist<{ results: { outcome: string }[] }>(
    `mutation ($input: MatchContactsInput!) { matchContacts(input: $input) {
      ... on MatchContactsPayload { results { outcome } } } }`,
    { input: { customers: [{ externalId, phone, country: country || undefined }] } },
  );
  const outcome = results[0]?.outcome;
  check('matching answers as ever', outcome === 'ACCEPTED', outcome);
  const found = (await contactsOf(business)).some((contact) => contact.externalId === externalId);
  check('matching again finds nobody', !found);
  say('matchContacts', `the same number again: ${outcome}, and it finds nobody`);
}
