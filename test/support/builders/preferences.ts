import type { GraphQLClient } from '../graphql-client.js';

/** What a person may set. */
export interface TestPreferences {
  timeZone?: string | null;
  quietHours?: { from: string; to: string } | null;
  marketingCap?: number | null;
  weeklyMarketingCap?: number | null;
  interruptionCap?: number | null;
  pausedUntil?: string | null;
}

const ALL = 'timeZone quietHours { from to } marketingCap marketingCapInForce pausedUntil';

/** A person's preferences. */
export async function preferencesOf(api: GraphQLClient): Promise<any> {
  return (await api.do(`{ preferences { ${ALL} } }`)).preferences;
}

/** The operation, for clients that want to see more than its data. */
export const SET_PREFERENCES = `mutation ($input: SetPreferencesInput!) {
  setPreferences(input: $input) { preferences { ${ALL} } }
}`;

/** Sets preferences, as the person. */
export async function setPreferences(api: GraphQLClient, input: TestPreferences): Promise<any> {
  return (await api.do(SET_PREFERENCES, { input })).setPreferences.preferences;
}
