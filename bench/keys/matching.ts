/** match.hmac. */
import { hmacs } from '../limits.ts';
import { Load } from '../load.ts';
import type { Run } from '../run.ts';
import { numberOf } from '../seed.ts';
import type { World } from '../world.ts';

const CUSTOMERS = 10_000;
const MATCH = `mutation ($input: MatchContactsInput!) {
  matchContacts(input: $input) { __typename ... on MatchContactsPayload { results { outcome } } } }`;

/** Calls with the most customers there may be; every fifth is on the platform, all others never were asked for before. */
export async function measureMatching(run: Run, world: World): Promise<void> {
  const load = new Load(world.url, world.apiKey, run.form.secondsEach);
  let known = 0;
  let unknown = world.numbers.length;
  const match = async () => {
    const customers = Array.from({ length: CUSTOMERS }, (_, at) => {
      const phone =
        at % 5 === 0 ? (world.numbers[known++ % world.numbers.length] ?? '') : numberOf(unknown++);
      return { externalId: `customer-${phone}`, phone };
    });
    const { matchContacts } = await load.send<{ matchContacts: { __typename: string } }>(MATCH, {
      input: { customers },
    });
    if (matchContacts.__typename !== 'MatchContactsPayload')
      throw new Error(`A match was answered with ${matchContacts.__typename}`);
  };
  try {
    await load.run(2, match, CUSTOMERS); // warm-up: each connection plans its first five calls anew
    await run.compare(
      { key: 'match.hmac', unit: 'numbers/s', limit: 'HMAC of a number/s', mustReach: 0.1, aim: 0.25 },
      () => load.run(2, match, CUSTOMERS),
      async () => hmacs(run.form.secondsEach / 2),
    );
  } finally {
    await load.close();
  }
}
