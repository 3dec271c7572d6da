/**
 * Plays the main job against a running platform, through its public APIs only, and fails where anything differs from
 * what must happen: `npm run demo`. It may be played again and again; each time another business, the same people.
 */
import { matchFile, meetPairLimit, messageEverybody, type Reachable, stopOnePurpose } from './chapters.ts';
import { becomeVerified } from './business.ts';
import { converse } from './conversation.ts';
import { canJoin, examine, type Owner, readCustomers } from './customers.ts';
import { useUpReach } from './limits.ts';
import { StatusWatch } from './messages.ts';
import { OfflineReader } from './offline.ts';
import { stopInOwnWords } from './own-words.ts';
import { allow, join, type Person, stop } from './people.ts';
import { NoPlatform, PLATFORM, requirePlatform } from './platform.ts';
import { leave, takeEverything, takeReceipt } from './proofs.ts';
import { sleep } from './quiet-hours.ts';
import { nothingFollowed, stopWhileQueued } from './racing-stops.ts';
import { readOne } from './reading.ts';
import { beRestricted } from './restriction.ts';
import { scheduleAndCancel } from './schedule.ts';
import { receiveWebhooks } from './webhooks.ts';
import { chapter, check, checked, count, Difference, long, say } from './transcript.ts';

const PEOPLE = 300;
/** Of these: whom the business begins with one by one, and who report it. */
const NEWCOMERS = 4;
const REPORTERS = 5;

/** What was answered to the business, all of it. */
const answers: string[] = [];

async function play(): Promise<void> {
  await requirePlatform();
  using offline = await OfflineReader.withKey();
  const customers = readCustomers();
  const { owners, expected } = examine(customers);
  const business = await becomeVerified((answer) => answers.push(answer));

  chapter(`${PEOPLE} people join, each with a number that they prove`);
  const able = owners.filter(canJoin);
  const joining = Array.from({ length: PEOPLE }, (_, at) => able[Math.floor((at * able.length) / PEOPLE)]);
  const people = await long(
    'verifyPhone',
    (progress) =>
      join(
        joining.filter((owner) => owner !== undefined),
        progress,
      ),
    (all) => `${count(all.length)} people, by the codes that were sent to them`,
  );
  const [unmatched, optedIn, silent, busy, reader, sleeper, writer, ...others] = people;
  check(
    'there are people',
    !!optedIn && !!silent && !!busy && !!reader && !!sleeper && !!writer && !!unmatched,
  );
  const newcomers = others.slice(0, NEWCOMERS);
  const reporters = others.slice(NEWCOMERS, NEWCOMERS + REPORTERS);
  await stop(unmatched, { purpose: 'MATCHING' });
  say('stop', `${unmatched.name} stops MATCHING by any business`);
  let watch: StatusWatch | undefined;
  try {
    const contacts = await matchFile(business, customers, expected, people, unmatched);
    const contactOf = (person: Person) => contacts.find((contact) => contact.person === person) as Reachable;
    const ownerOf = ({ externalId }: Person) =>
      owners.find((owner) => owner.externalId === externalId) as Owner;
    watch = new StatusWatch(business);
    watch.start();
    await useUpReach(business, newcomers.map(contactOf));
    await messageEverybody(
      business,
      contacts.filter(({ person }) => person !== busy && !newcomers.includes(person)),
    );
    check('the business’s subscription brings statuses', watch.size > 0, 'none');
    watch.stop();
    const special = new Set([optedIn, silent, busy, reader, sleeper, writer, ...reporters]);
    const stopped = await stopWhileQueued(
      business,
      contacts.filter(({ person }) => !special.has(person)),
    );
    await stopOnePurpose(business, contactOf(optedIn), contactOf(silent));
    await sleep(business, contactOf(sleeper));
    await scheduleAndCancel(business, contactOf(sleeper));
    await meetPairLimit(business, contactOf(busy));
    await readOne(business, contactOf(reader), watch);
    await converse(business, contactOf(reader));
    await receiveWebhooks(business, contactOf(reader));
    // Whoever wrote lately may still be answered.
    await beRestricted(business, reporters, contactOf(silent));
    const leaver = contactOf(writer);
    const stopId = await stopInOwnWords(business, leaver);
    await takeReceipt(leaver, stopId, offline);
    await takeEverything(leaver, offline);
    await leave(business, leaver, ownerOf(writer), offline);
    chapter('Afterwards');
    await nothingFollowed(business, stopped);
    numbersStayed(owners.map(({ number }) => number));
  } finally {
    watch?.stop();
    // The next run begins as this one did.
    await allow(unmatched, { purpose: 'MATCHING' });
  }
}

/** Searches all that the business was answered for the numbers of its customers. */
function numbersStayed(numbers: string[]): void {
  const said = answers.join('\n');
  check('no answer to the business has a number', !numbers.some((number) => said.includes(number.slice(1))));
  const kilobytes = Math.round(said.length / 1_024);
  say('numbers', `in ${count(answers.length)} answers to the business (${count(kilobytes)} KB) stands none`);
}

console.log(`The main job of Assent, played through the public APIs of ${PLATFORM}`);
const since = performance.now();
try {
  await play();
  const seconds = ((performance.now() - since) / 1_000).toFixed(1);
  console.log(`\nAll ${count(checked())} checks held, in ${seconds} s.`);
} catch (error) {
  if (error instanceof Difference) console.error(`\n    ${error.message}\n`);
  else console.error(error instanceof NoPlatform ? error.message : error);
  process.exitCode = 1;
}
