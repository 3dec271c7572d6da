import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../processes/free-port.js';
import { aBusiness } from '../support/builders/accounts.js';
import { allowSms, handOffs } from '../support/builders/carriers.js';
import { reachablePeople, send } from '../support/builders/messaging.js';
import { Authority } from '../support/certificates.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';
import { Smsc, type SmscIdentity } from '../support/smsc.js';

describe('an SMSC behind TLS', () => {
  let trusted: Authority;
  let unknown: Authority;
  let platform: TestPlatform;
  let port: number;
  let smsc: Smsc | undefined;

  beforeAll(async () => {
    [trusted, unknown, port] = await Promise.all([Authority.make(), Authority.make(), freePort()]);
    platform = await startPlatform({
      SMPP_URL: `smpps://assent:secret@localhost:${port}`,
      SMPP_CA_FILE: trusted.file,
      SMS_FALLBACK_SECONDS: '0',
    });
  });
  afterEach(() => smsc?.[Symbol.asyncDispose]());
  afterAll(async () => {
    await platform.stop();
    trusted.remove();
    unknown.remove();
  });

  /** Runs the SMSC as somebody, in place of whoever it was before. */
  async function runsAs(identity: SmscIdentity): Promise<Smsc> {
    smsc = await Smsc.start(port, identity);
    return smsc;
  }

  it.each<[string, () => Promise<SmscIdentity>, RegExp]>([
    [
      'has the name of another host',
      () => trusted.vouchFor('smsc.example.com'),
      /does not match certificate/,
    ],
    ['nobody knows who vouches for', () => unknown.vouchFor('localhost'), /unable to verify|self-signed/],
  ])('that %s is told no password, and the log says why', async (_, identity, why) => {
    const impostor = await runsAs(await identity());
    const complains = async () =>
      platform.logs.some((line) => line.includes('The SMSC can not be reached') && why.test(line));
    await until('the log says so', complains, 60_000);
    expect(impostor.happened.filter(({ kind }) => kind === 'bind')).toEqual([]);
    expect(platform.logs.join('')).not.toContain('secret');
  });

  it('that is who it says it is after all takes texts and hands in receipts', async () => {
    const genuine = await runsAs(await trusted.vouchFor('localhost'));
    await until(
      'it is connected to',
      async () => genuine.happened.some(({ kind }) => kind === 'bind'),
      90_000,
    );
    const business = platform.business((await aBusiness(platform, { displayName: 'Shop' })).apiKey);
    const [reachable] = await reachablePeople(platform, business, 1);
    await allowSms(reachable!.person.api);
    await send(business, reachable!.contact, { text: 'Your parcel is here.' });
    const [submitted] = await genuine.got(1);
    expect(submitted).toMatchObject({ text: 'Shop: Your parcel is here.' });
    const becomes = (state: string) =>
      until(`it is ${state}`, async () => (await handOffs(platform)).some((one) => one.state === state));
    await becomes('HANDED');
    expect(await genuine.receipt(submitted!.id, 'DELIVRD', reachable!.person.phone)).toBe(0);
    await becomes('DELIVERED');
  });

  it('that never answers is cut off, given nothing twice, and is connected to again', async () => {
    const again = await runsAs(await trusted.vouchFor('localhost'));
    await until('it is connected to', async () => again.happened.some(({ kind }) => kind === 'bind'), 90_000);
    const business = platform.business((await aBusiness(platform)).apiKey);
    const [reachable] = await reachablePeople(platform, business, 1);
    await allowSms(reachable!.person.api);
    await again.mode('silent');
    await send(business, reachable!.contact);
    await until('it is given up', async () =>
      (await handOffs(platform)).some(({ state, reason }) => state === 'FAILED' && reason === 'UNCERTAIN'),
    );
    await again.saw('bind', 2);
    expect(again.submitted).toHaveLength(1);
  });
});
