import type { GraphQLClient } from '../graphql-client.js';
import type { TestPlatform } from '../platform.js';
import { HELD } from './admins.js';

/** What an operation of the admin or business API answered, or why not. */
export type Outcome<Name extends string, Value> = { [Key in Name]?: Value } & {
  __typename: string;
  reason?: string;
};

/** A limit set for one business, as admins see it. */
export interface Override {
  id: string;
  kind: string;
  value: number;
  reason: string;
  setBy: string;
  endsAt: string;
  endedAt: string | null;
  endReason: string | null;
}

/** A restriction, as both APIs show it. */
export interface TestRestriction {
  id: string;
  rung: string;
  beganAt: string;
  until: string | null;
  cause: string;
  reason: string;
  evidence: { what: string; count: number }[];
  endedAt: string | null;
  endedHow: string | null;
  endReason: string | null;
  appeal: { text: string; decision: string | null; decisionReason: string | null } | null;
}

export const OVERRIDE = 'id kind value reason setBy endsAt endedAt endReason';
export const RESTRICTION = `id rung beganAt until cause reason evidence { what count } endedAt endedHow endReason
  appeal { text decision decisionReason }`;

const HOUR_MS = 3_600_000;

/** Sets a limit of a business as the first admin, by default for an hour of the real clock. */
export async function setLimit(
  platform: TestPlatform,
  business: { id: string },
  kind: string,
  value: number,
  endsAt = new Date(Date.now() + HOUR_MS),
): Promise<Outcome<'override', Override>> {
  const { setLimitOverride } = await platform.admin().do(
    `mutation ($input: SetLimitOverrideInput!) { setLimitOverride(input: $input) {
      __typename ... on LimitOverridePayload { override { ${OVERRIDE} } } ... on Refusal { reason } ${HELD}
    } }`,
    { input: { business: business.id, kind, value, reason: 'A launch that we agreed on.', endsAt } },
  );
  return setLimitOverride;
}

/** Ends an override as the first admin. */
export async function endLimit(
  platform: TestPlatform,
  override: string,
): Promise<Outcome<'override', Override>> {
  const { endLimitOverride } = await platform.admin().do(
    `mutation ($input: EndLimitOverrideInput!) { endLimitOverride(input: $input) {
      __typename ... on LimitOverridePayload { override { ${OVERRIDE} } } ... on Refusal { reason } ${HELD}
    } }`,
    { input: { override, reason: 'The launch is over.' } },
  );
  return endLimitOverride;
}

/** Sets the reach tier of a business, by default as the first admin. */
export async function setTier(
  platform: TestPlatform,
  business: { id: string },
  tier: string,
  admin: GraphQLClient = platform.admin(),
): Promise<Outcome<'change', { from: string; to: string; cause: string; reason: string }>> {
  const { setReachTier } = await admin.do(
    `mutation ($input: SetReachTierInput!) { setReachTier(input: $input) {
      __typename ... on SetReachTierPayload { change { from to cause reason } } ... on Refusal { reason } ${HELD}
    } }`,
    { input: { business: business.id, tier, reason: 'Agreed by contract.' } },
  );
  return setReachTier;
}

/** Restricts a business as the first admin. */
export async function restrict(
  platform: TestPlatform,
  business: { id: string },
  rung: string,
): Promise<TestRestriction> {
  const { imposeRestriction } = await platform.admin().do<{
    imposeRestriction: Outcome<'restriction', TestRestriction>;
  }>(
    `mutation ($input: ImposeRestrictionInput!) { imposeRestriction(input: $input) {
      __typename ... on RestrictionPayload { restriction { ${RESTRICTION} } } ... on Refusal { reason } ${HELD}
    } }`,
    { input: { business: business.id, rung, reason: 'Unwanted messages.' } },
  );
  if (!imposeRestriction.restriction) throw new Error(`Restricting was refused: ${imposeRestriction.reason}`);
  return imposeRestriction.restriction;
}

/** Ends a restriction as the first admin. */
export async function lift(
  platform: TestPlatform,
  restriction: string,
): Promise<Outcome<'restriction', TestRestriction>> {
  const { liftRestriction } = await platform.admin().do(
    `mutation ($input: LiftRestrictionInput!) { liftRestriction(input: $input) {
      __typename ... on RestrictionPayload { restriction { ${RESTRICTION} } } ... on Refusal { reason } ${HELD}
    } }`,
    { input: { restriction, reason: 'We talked.' } },
  );
  return liftRestriction;
}

/** Appeals against a restriction with the session of a member. */
export async function appeal(
  platform: TestPlatform,
  token: string,
  restriction: string,
  text = 'They all asked for it.',
): Promise<Outcome<'restriction', TestRestriction>> {
  const { appealRestriction } = await platform.business(token).do(
    `mutation ($input: AppealRestrictionInput!) { appealRestriction(input: $input) {
      __typename ... on AppealRestrictionPayload { restriction { ${RESTRICTION} } } ... on Refusal { reason }
    } }`,
    { input: { restriction, text } },
  );
  return appealRestriction;
}

/** Decides an appeal as the first admin. */
export async function decideAppeal(
  platform: TestPlatform,
  restriction: string,
  decision: 'UPHELD' | 'OVERTURNED',
): Promise<Outcome<'restriction', TestRestriction>> {
  const { decideRestrictionAppeal } = await platform.admin().do(
    `mutation ($input: DecideRestrictionAppealInput!) { decideRestrictionAppeal(input: $input) {
      __typename ... on RestrictionPayload { restriction { ${RESTRICTION} } } ... on Refusal { reason } ${HELD}
    } }`,
    { input: { restriction, decision, reason: 'We looked at the messages.' } },
  );
  return decideRestrictionAppeal;
}

/** The restriction of a business that is in force, as its API says. */
export async function currentRestriction(
  platform: TestPlatform,
  token: string,
): Promise<TestRestriction | null> {
  const { restriction } = await platform
    .business(token)
    .do<{ restriction: TestRestriction | null }>(`{ restriction { ${RESTRICTION} } }`);
  return restriction;
}
