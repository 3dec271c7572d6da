/** People report a business, the operator looks at the reports and restricts it, and the business appeals. */
import type { Business } from './business.ts';
import type { Reachable } from './chapters.ts';
import { draft, sendOne, wasAccepted } from './messages.ts';
import { type Person, received } from './people.ts';
import { adminApi } from './platform.ts';
import { chapter, check, type Refusal, say, sayRefused, wrapped } from './transcript.ts';

interface Restriction {
  id: string;
  rung: string;
  until: string | null;
  reason: string;
  appeal: { text: string; decision: string | null; decisionReason: string | null } | null;
}

type Changed = Partial<Refusal> & { restriction?: Restriction };

interface Judged {
  level: string;
  score: number | null;
}

const REFUSAL = '... on Refusal { reason message retryAt }';
const RESTRICTION = 'restriction { id rung until reason appeal { text decision decisionReason } }';

/**
 * On a fresh platform everybody has had their number for minutes, and the published formula does not let such people make
 * a business RED; an admin who has read their reports may restrict it all the same.
 */
export async function beRestricted(business: Business, reporters: Person[], other: Reachable): Promise<void> {
  chapter('People report messages, and the business is restricted');
  for (const person of reporters) await report(business, person);
  say('reportMessage', `${reporters.length} people report a message as SPAM`);
  await uphold(business, reporters.length);
  const quality = await business.owner.ask<Judged>(`{ quality { level score } }`);
  const supposed = await business.owner.ask<Judged>(
    `query ($input: SimulateQualityInput!) { simulateQuality(input: $input) { level score } }`,
    { input: { reports: reporters.length } },
  );
  check('as many of people long known would make it RED', supposed.level === 'RED', supposed.level);
  say('quality', `${quality.level}: reports of people who are new count little`);
  say(
    'simulateQuality',
    `${reporters.length} reports of people who are long known: ${supposed.level}, ${supposed.score} of 100`,
  );
  const restriction = await restrict(business, reporters.length);
  const { person, contact } = other;
  const message = draft(contact, 'restricted', `${person.name}, your bill is ready.`);
  const refused = await sendOne(business, message);
  sayRefused('sendMessage', refused, 'BUSINESS_RESTRICTED');
  check('it passes when the restriction ends', refused.retryAt === restriction.until, refused.retryAt);

  chapter('The business appeals, and another look overturns the restriction');
  await appeal(business, restriction);
  await overturn(restriction);
  const later = { ...message, idempotencyKey: `${message.idempotencyKey}-again` };
  const passed = await sendOne(business, later);
  check('sending passes again', wasAccepted(passed), passed.reason);
  say('sendMessage', 'accepted');
}

async function report(business: Business, person: Person): Promise<void> {
  const message = (await received(person, business.id)).at(-1);
  check('there is a message to report', message !== undefined);
  const { report: made, ...refusal } = await person.api.ask<Partial<Refusal> & { report?: object }>(
    `mutation ($input: ReportMessageInput!) { reportMessage(input: $input) {
      ... on ReportMessagePayload { report { id } } ${REFUSAL} } }`,
    { input: { message: message.id, kind: 'SPAM', note: 'I ordered nothing there.' } },
  );
  check('the report is taken', made !== undefined, refusal.reason);
}

async function uphold(business: Business, expected: number): Promise<void> {
  const admin = adminApi();
  const { nodes } = await admin.ask<{ nodes: { id: string; businessId: string; text: string }[] }>(
    `{ reports(first: 100, open: true) { nodes { id businessId text } } }`,
  );
  const own = nodes.filter(({ businessId }) => businessId === business.id);
  check('each report waits for the operator', own.length === expected, own.length);
  say('reports', `an admin reads them, and these messages only: “${own[0]?.text}”`);
  for (const { id } of own) {
    const { reason } = await admin.ask<Partial<Refusal>>(
      `mutation ($input: DecideReportInput!) { decideReport(input: $input) { __typename ${REFUSAL} } }`,
      { input: { report: id, decision: 'UPHELD', note: 'There is no order.' } },
    );
    check('the report is decided', reason === undefined, reason);
  }
  say('decideReport', `all ${expected} UPHELD`);
}

async function restrict(business: Business, reports: number): Promise<Restriction> {
  const reason = `${reports} people reported messages about orders that they never made; the reports are right.`;
  const { restriction, ...refusal } = await adminApi().ask<Changed>(
    `mutation ($input: ImposeRestrictionInput!) { imposeRestriction(input: $input) {
      ... on RestrictionPayload { ${RESTRICTION} } ${REFUSAL} } }`,
    { input: { business: business.id, rung: 'DAY_1', reason } },
  );
  check('the restriction is imposed', restriction !== undefined, refusal.reason);
  const known = await business.owner.ask<Restriction | null>(`{ ${RESTRICTION} }`);
  check('the business reads it', known?.id === restriction.id && known.reason === reason, known?.reason);
  say(
    'imposeRestriction',
    `${known.rung}, which the business reads with its reason:`,
    ...wrapped(`“${reason}”`),
  );
  return restriction;
}

async function appeal({ owner }: Business, { id }: Restriction): Promise<void> {
  const text = 'We mixed up two lists, told everybody on them, and have deleted the wrong one.';
  const { restriction, ...refusal } = await owner.ask<Changed>(
    `mutation ($input: AppealRestrictionInput!) { appealRestriction(input: $input) {
      ... on AppealRestrictionPayload { ${RESTRICTION} } ${REFUSAL} } }`,
    { input: { restriction: id, text } },
  );
  check('the appeal is taken', restriction?.appeal?.text === text, refusal.reason);
  say('appealRestriction', 'by its owner:', ...wrapped(`“${text}”`));
}

async function overturn({ id }: Restriction): Promise<void> {
  const admin = adminApi();
  const { nodes } = await admin.ask<{ nodes: { id: string }[] }>(
    `{ restrictionAppeals(first: 100) { nodes { id } } }`,
  );
  check(
    'the appeal waits for the operator',
    nodes.some((one) => one.id === id),
  );
  say('restrictionAppeals', 'an admin finds it in the queue');
  const { restriction, ...refusal } = await admin.ask<Changed>(
    `mutation ($input: DecideRestrictionAppealInput!) { decideRestrictionAppeal(input: $input) {
      ... on RestrictionPayload { ${RESTRICTION} } ${REFUSAL} } }`,
    { input: { restriction: id, decision: 'OVERTURNED', reason: 'A mistake that was put right at once.' } },
  );
  const { decision, decisionReason } = restriction?.appeal ?? {};
  check('the appeal is decided', decision === 'OVERTURNED', refusal.reason ?? decision);
  say('decideRestrictionAppeal', `${decision}: “${decisionReason}”`);
}
