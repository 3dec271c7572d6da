import { GraphQLClient } from '../support/graphql-client.js';
import type { TestPlatform } from '../support/platform.js';
import type { PlatformFolder } from './platform-folder.js';

/** A platform in a process of its own, as the builders want one: its APIs, and the codes on its console. */
export function remotePlatform(url: string, folder: PlatformFolder): TestPlatform {
  const codes = (to: string) =>
    folder
      .read('console.jsonl')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { to: string; code: string })
      .filter((line) => line.to === to)
      .map(({ code }) => code);
  const platform = {
    url,
    isRemote: true,
    business: (token?: string) => new GraphQLClient(`${url}/business/graphql`, token),
    person: (token?: string) => new GraphQLClient(`${url}/person/graphql`, token),
    admin: () => new GraphQLClient(`${url}/admin/graphql`, folder.adminToken),
    codes,
    code: (to: string) => codes(to).at(-1) ?? '',
  };
  // The builders use nothing else of it.
  return platform as unknown as TestPlatform;
}
