import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { ReleaseHeld, TellOfKillSwitches } from '@assent/messaging';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { aGatewaySecret } from '../support/builders/carriers.js';
import { switches, switchOn } from '../support/builders/kill-switches.js';
import { type Reachable, reachablePeople } from '../support/builders/messaging.js';
import { withoutQuietHours } from '../support/builders/policy.js';
import { anSmsGateway, type Receiver } from '../support/builders/webhooks.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

export const HOUR = 3_600_000;
export const UNKNOWN = { biz: 'biz_01m85hxqnbfayvshpqpm8rbh71', tpl: 'tpl_01m85hxqnbfayvshpqpm8rbh71' };

export let platform: TestPlatform;
export let sms: Receiver;
export let shop: TestBusiness;
export let business: GraphQLClient;
export let somebody: Reachable;
/** `tpl_…` of the template that sends for a purpose. */
export let templates: Record<string, string>;

beforeAll(async () => {
  sms = await anSmsGateway();
  platform = await startPlatform(
    { PAIR_BURST: '1000', SMS_GATEWAY_URL: sms.url, SMS_GATEWAY_SECRETS: aGatewaySecret() },
    { worker: false },
  );
  await withoutQuietHours(platform.admin());
});
beforeEach(async () => {
  shop = await aBusiness(platform);
  business = platform.business(shop.apiKey);
  [somebody] = (await reachablePeople(platform, business, 1)) as [Reachable];
  await somebody.person.api.do('mutation { allow(input: { purpose: MARKETING }) { __typename } }');
  const { templates: page } = await business.do('{ templates { nodes { id name } } }');
  templates = Object.fromEntries(page.nodes.map(({ id, name }: any) => [name.replace('any-', ''), id]));
});
afterEach(async () => {
  await platform.shiftClock(0);
  for (const { id } of await switches(platform, true)) await switchOn(platform, id);
  await platform.app.get(TellOfKillSwitches, { strict: false }).execute();
  await platform.database.sql('DELETE FROM hand_off');
  sms.received.length = 0;
});
afterAll(async () => {
  await platform.stop();
  await sms[Symbol.asyncDispose]();
});

export const release = () => platform.app.get(ReleaseHeld, { strict: false }).execute();
export const tell = () => platform.app.get(TellOfKillSwitches, { strict: false }).execute();
