import { randomBytes } from 'node:crypto';
import type { GraphQLClient } from '../graphql-client.js';
import { type TestPlatform, until } from '../platform.js';
import type { Receiver } from './webhooks.js';

/** A secret as gateways and carriers share it. */
export const aGatewaySecret = () => `whsec_${randomBytes(32).toString('base64')}`;

/** Registers a device of a person. @returns `dev_…` */
export async function aDevice(api: GraphQLClient): Promise<string> {
  const { registerDevice } = await api.do(
    `mutation ($input: RegisterDeviceInput!) { registerDevice(input: $input) {
      ... on RegisterDevicePayload { device { id } } } }`,
    { input: { name: 'Phone', publicKey: randomBytes(32).toString('base64') } },
  );
  return registerDevice.device.id;
}

/** A person lets what is not delivered in their app come by SMS. */
export async function allowSms(api: GraphQLClient, smsFallback = true): Promise<void> {
  await api.do(
    `mutation ($on: Boolean) { setPreferences(input: { smsFallback: $on }) { preferences { smsFallback } } }`,
    {
      on: smsFallback,
    },
  );
}

/** The hand-offs of a platform, oldest message first, as they are kept. */
export function handOffs({ database }: TestPlatform): Promise<any[]> {
  return database.sql(
    'SELECT carrier, state, reason, attempts, parts_sent, due_at FROM hand_off ORDER BY message_id, carrier',
  );
}

/** Waits until so many requests have reached a gateway. */
export async function reached({ received }: Receiver, count: number): Promise<Receiver['received']> {
  await until(`${count} requests reached the gateway`, async () => received.length >= count);
  return received;
}

/** Makes everything that waits for a carrier due now. */
export async function dueNow({ database }: TestPlatform): Promise<void> {
  await database.sql(`UPDATE hand_off SET due_at = assent_now() WHERE state = 'WAITING'`);
}
