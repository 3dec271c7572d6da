import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { readKey } from '../../apps/verify/src/note.js';
import { verifyFile } from '../../apps/verify/src/verify.js';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { write } from '../support/builders/conversations.js';
import { type Reachable, reachablePeople, send } from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

export const [FIRST, SECOND] = [1, 2].map((version) => `${version}:${randomBytes(32).toString('base64')}`);
export const COPY = 'text media { type bytes sha256 name } proof';
export const REPORT = `text media { type bytes sha256 name } proof { verified commitment tag sentAt disclosedBy storedCopy }
  receipt`;

export let platform: TestPlatform;
export let [shop, rival]: TestBusiness[] = [];
export let business: GraphQLClient;
export let key: string;
beforeAll(async () => {
  platform = await startPlatform({ ASSENT_KEYS: FIRST!, PAIR_BURST: '1000' });
  [shop, rival] = [
    await aBusiness(platform, { displayName: 'Lindenbaum' }),
    await aBusiness(platform, { displayName: 'Rival' }),
  ];
  business = platform.business(shop.apiKey);
  key = (await (await fetch(`${platform.url}/consent-log/key`)).text()).trim();
});
afterAll(() => platform.stop());

/** A message as its person's device holds it. */
export interface Copy {
  text: string;
  media: Record<string, unknown> | null;
  proof: string;
}
export type Held = Copy & { id: string };

/** Somebody who may be written to in free words. */
export async function somebody(): Promise<Reachable> {
  const [reachable] = (await reachablePeople(platform, business, 1)) as [Reachable];
  await write(reachable.person.api, shop!.id, 'hello');
  return reachable;
}

/** Sends a message, and waits until the device has it. */
export async function sent(
  { person, contact }: Reachable,
  changes: Record<string, unknown> = {},
  by = business,
): Promise<{ held: Held; acceptedAt: string }> {
  const newest = async (fields: string) => {
    const { inbox } = await person.api.do(`{ inbox(first: 1) { nodes { ${fields} } } }`);
    return inbox.nodes[0];
  };
  const before = await newest('id');
  const { acceptedAt } = await send(by, contact, changes);
  await until('the device has it', async () => (await newest('id'))?.id !== before?.id);
  return { held: await newest(`id ${COPY}`), acceptedAt: acceptedAt! };
}

export const copyOf = ({ text, media, proof }: Copy): Copy => ({ text, media, proof });

export async function report(
  client: GraphQLClient,
  message: string,
  copy: Copy | null = null,
  changes: Record<string, unknown> = {},
): Promise<any> {
  const { reportMessage } = await client.do(
    `mutation ($input: ReportMessageInput!) { reportMessage(input: $input) {
      ... on ReportMessagePayload { report { id ${REPORT} } } ... on Refusal { reason retryAt }
    } }`,
    { input: { message, kind: 'FRAUD', copy, ...changes } },
  );
  return reportMessage.report ?? reportMessage;
}

/** The newest report as the operator sees it. */
export async function newestOfOperator(): Promise<any> {
  const { reports } = await platform
    .admin()
    .do(`{ reports(first: 100) { nodes { businessName ${REPORT} } } }`);
  return reports.nodes.at(-1);
}

/** What `assent-verify` says of a receipt. */
export async function verified(receipt: string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'assent-report-'));
  try {
    writeFileSync(join(folder, 'receipt.json'), receipt);
    return await verifyFile(join(folder, 'receipt.json'), { keys: [readKey(key)], checkpoints: [] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Changes the newest message of a business beneath the platform, as who administers the database can. */
export const change = (assignment: string) =>
  platform.database.sql(
    `UPDATE message m SET ${assignment}
      WHERE (lane, id) = (SELECT lane, id FROM message WHERE direction = 'OUTBOUND' ORDER BY id DESC LIMIT 1)`,
  );
