import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aPerson, type TestPerson } from '../support/builders/people.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
});
afterAll(() => platform.stop());

function aPublicKey(): string {
  const { x } = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' });
  return Buffer.from(x!, 'base64url').toString('base64');
}

const REGISTER = `mutation ($input: RegisterDeviceInput!) { registerDevice(input: $input) {
  __typename ... on RegisterDevicePayload { device { id name publicKey } } ... on Refusal { reason retryAt }
} }`;

async function register({ api }: TestPerson, name: string, publicKey = aPublicKey()) {
  return (await api.do(REGISTER, { input: { name, publicKey } }))['registerDevice'];
}

const devicesOf = async ({ api }: TestPerson) =>
  (await api.do('{ devices { id name publicKey } }'))['devices'];
const remove = async ({ api }: TestPerson, device: string) =>
  (
    await api.do('mutation ($input: RemoveDeviceInput!) { removeDevice(input: $input) { removed } }', {
      input: { device },
    })
  ).removeDevice.removed;

it('registers, lists and removes devices', async () => {
  const person = await aPerson(platform);
  const { device: phone } = await register(person, 'Phone');
  const { device: tablet } = await register(person, ' Tablet ');
  expect(phone.id).toMatch(/^dev_[0-9a-z]{26}$/);
  expect(await devicesOf(person)).toEqual([phone, { ...tablet, name: 'Tablet' }]);
  expect(await remove(person, phone.id)).toBe(true);
  expect(await remove(person, phone.id)).toBe(false);
  expect(await remove(person, 'dev_nothing')).toBe(false);
  expect(await devicesOf(person)).toEqual([tablet]);
});

it('answers a retried registration with the device that it made', async () => {
  const person = await aPerson(platform);
  const key = aPublicKey();
  const answers = await Promise.all([1, 2, 3].map((turn) => register(person, `Phone ${turn}`, key)));
  expect(new Set(answers.map(({ device }) => device.id)).size).toBe(1);
  expect(await devicesOf(person)).toHaveLength(1);
});

it('lets a person have 10 devices, however many are registered at once', async () => {
  const person = await aPerson(platform);
  const answers = await Promise.all(Array.from({ length: 16 }, (_, at) => register(person, `Phone ${at}`)));
  const refused = answers.filter(({ reason }) => reason === 'TOO_MANY_DEVICES');
  expect(refused).toHaveLength(6);
  const devices = await devicesOf(person);
  expect(devices).toHaveLength(10);
  await remove(person, devices[0].id);
  expect(await register(person, 'Another')).toMatchObject({ __typename: 'RegisterDevicePayload' });
});

it('keeps the same key of two people apart, and nobody removes another person’s device', async () => {
  const [owner, other] = [await aPerson(platform), await aPerson(platform)];
  const key = aPublicKey();
  const { device } = await register(owner, 'Shared', key);
  const { device: theirs } = await register(other, 'Shared', key);
  expect(theirs.id).not.toBe(device.id);
  expect(await remove(other, device.id)).toBe(false);
  expect(await devicesOf(owner)).toEqual([device]);
});

it.each([
  ['a short key', Buffer.alloc(31, 9).toString('base64')],
  ['a long key', Buffer.alloc(33, 9).toString('base64')],
  ['a key that is not base64', '!'.repeat(44)],
  ['a key of low order', Buffer.alloc(32).toString('base64')],
])('refuses %s', async (_, publicKey) => {
  const { api } = await aPerson(platform);
  const { errors } = await api.raw(REGISTER, { input: { name: 'Phone', publicKey } });
  expect(errors?.[0]?.extensions).toMatchObject({
    code: 'BAD_INPUT',
    faults: [{ field: 'input.publicKey' }],
  });
});

it.each(['  ', 'Phone\0', 'Pho\nne', '\ud800'])('refuses a device with the name %j', async (name) => {
  const { api } = await aPerson(platform);
  const { errors } = await api.raw(REGISTER, { input: { name, publicKey: aPublicKey() } });
  expect(errors?.[0]?.extensions.faults).toEqual([
    { field: 'input.name', rule: 'must have 1 to 120 characters, none of them a control character' },
  ]);
});
