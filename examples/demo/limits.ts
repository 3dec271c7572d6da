/** What a business may do can be known before it sends, and is exact to the last unit. */
import type { Business } from './business.ts';
import type { Reachable } from './chapters.ts';
import { type Budget, draft, type Foreseen, preflight, send, sendOne, wasAccepted } from './messages.ts';
import { adminApi } from './platform.ts';
import { chapter, check, clock, count, type Refusal, say, sayRefused } from './transcript.ts';

type LimitKind = 'REACH_PLACES' | 'TEMPLATE_SAMPLE' | 'THROUGHPUT';

/** Longer than a place is used, so that it is the place that comes back first. */
const DAYS = 2;
const DAY_MS = 86_400_000;
const REFUSAL = '... on Refusal { reason message retryAt }';
const OVERRIDE = `... on LimitOverridePayload { override { id } } ${REFUSAL}`;

/**
 * The operator lets the business begin with all of some newcomers but the last; a preflight and then sending meet that.
 * @param newcomers people whom the business has never messaged
 */
export async function useUpReach(business: Business, newcomers: Reachable[]): Promise<void> {
  chapter('A preflight says what sending would answer, and spends nothing');
  const places = newcomers.length - 1;
  const last = newcomers.at(-1);
  check('there are newcomers', last !== undefined && places > 0);
  const override = await setLimit(business, 'REACH_PLACES', places, 'It begins with a few people.');
  const welcome = ({ person, contact }: Reachable, about = 'welcome') =>
    draft(contact, about, `Welcome, ${person.name}: your account is ready.`);
  const offer = draft(last.contact, 'offer', `${last.person.name}, tents are a third off.`, 'MARKETING');
  const drafts = [...newcomers.map((newcomer) => welcome(newcomer)), offer];
  const foreseen = await preflight(business, drafts);
  const left = budgetOf(foreseen[0]?.budgets, 'REACH_TIER');
  check('nothing is spent yet', left.remaining === places, left.remaining);
  say(
    'preflight',
    `${drafts.length} messages; REACH_TIER has ${left.remaining} of ${left.limit} people left`,
  );
  for (const [at, { outcome, because, otherObjections }] of foreseen.entries()) {
    const { person } = newcomers[at] ?? last;
    const others = otherObjections.map(({ reason }) => reason).join(', ');
    const why = because ? `, ${because.reason}${others && `; also ${others}`}` : '';
    say('', `to ${person.name}, ${drafts[at]?.purpose}: ${outcome}${why}`);
  }
  check(
    'every other gate that objects is named',
    foreseen.at(-1)?.otherObjections.some(({ reason }) => reason === 'REACH_TIER') ?? false,
  );

  chapter(`A reach tier is used up to its last unit: ${places} people, and not one more`);
  const results = await send(business, drafts);
  const accepted = results.filter(wasAccepted).length;
  check(`exactly ${places} are accepted`, accepted === places, accepted);
  check(
    'each answer is the one that was foreseen',
    results.every((result, at) => agrees(foreseen[at], result)),
  );
  say('sendMessages', `the same ${drafts.length}: ${accepted} accepted, each answered as foreseen`);
  const refused: Partial<Refusal> = results[places] ?? {};
  sayRefused(`to ${last.person.name}`, refused, 'REACH_TIER');
  const [now] = await preflight(business, [welcome(last, 'welcome-2')]);
  const retryAt = now?.because?.retryAt;
  check('a preflight names the same time', !!retryAt && retryAt === refused.retryAt, retryAt);
  say('preflight', `passes at ${clock(retryAt)} as well, when the first of the ${places} is 24 hours ago`);
  const { all } = await business.owner.ask<{ all: Budget[] }>(
    `{ limits { all { name limit used remaining nextFreeAt } } }`,
  );
  const used = budgetOf(all, 'REACH_TIER');
  check('nothing remains', used.remaining === 0 && used.used === places, used.remaining);
  check('a unit frees at that time', used.nextFreeAt === retryAt, used.nextFreeAt);
  say('limits', `REACH_TIER: ${used.used} of ${used.limit} used, ${used.remaining} remaining`);
  await endLimit(override);
  const passed = await sendOne(business, welcome(last, 'welcome-3'));
  check('it passes under the limit of the tier', wasAccepted(passed), passed.reason);
  say(`to ${last.person.name}`, 'accepted');
  await setLimit(business, 'TEMPLATE_SAMPLE', 10_000, 'Its templates have been tried elsewhere.');
  await setLimit(business, 'THROUGHPUT', 1_000, 'All of its first orders leave today.');
}

/** Whether an answer is what a preflight said, but for the milliseconds between the two. */
function agrees(foreseen: Foreseen | undefined, result: Partial<Refusal>): boolean {
  return foreseen !== undefined && (foreseen.because?.reason ?? null) === (result.reason ?? null);
}

function budgetOf(budgets: Budget[] | undefined, name: string): Budget {
  const budget = budgets?.find((one) => one.name === name);
  check(`what is left of ${name} is told`, budget !== undefined);
  return budget;
}

async function setLimit(business: Business, kind: LimitKind, value: number, reason: string): Promise<string> {
  const { override, ...refusal } = await adminApi().ask<Partial<Refusal> & { override?: { id: string } }>(
    `mutation ($input: SetLimitOverrideInput!) { setLimitOverride(input: $input) { ${OVERRIDE} } }`,
    { input: { business: business.id, kind, value, reason, endsAt: new Date(Date.now() + DAYS * DAY_MS) } },
  );
  check('the limit is set', override !== undefined, refusal.reason);
  say('setLimitOverride', `an admin sets ${kind} to ${count(value)} for ${DAYS} days: “${reason}”`);
  return override.id;
}

async function endLimit(override: string): Promise<void> {
  const reason = 'It began well.';
  const ended = await adminApi().ask<Partial<Refusal>>(
    `mutation ($input: EndLimitOverrideInput!) { endLimitOverride(input: $input) { ${OVERRIDE} } }`,
    { input: { override, reason } },
  );
  check('the override ends', ended.reason === undefined, ended.reason);
  say('endLimitOverride', `before its time: “${reason}”`);
}
