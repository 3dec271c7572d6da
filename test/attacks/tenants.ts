import { createHash } from 'node:crypto';
import { parsePublicId } from '@assent/platform';
import { aBusiness } from '../support/builders/accounts.js';
import { aDevice } from '../support/builders/carriers.js';
import { write } from '../support/builders/conversations.js';
import { dispatchAll } from '../support/builders/dispatch.js';
import { aFile, rowOf, uploaded } from '../support/builders/import-files.js';
import { lift, restrict } from '../support/builders/limits.js';
import { aMedium, anUpload, aPicture, complete, put } from '../support/builders/media.js';
import { reachablePeople, send } from '../support/builders/messaging.js';
import type { TestPerson } from '../support/builders/people.js';
import { aMember, inConversation, note } from '../support/builders/staff.js';
import { NO_MORE_NEWSLETTERS } from '../support/builders/stop-words.js';
import { anApprovedTemplate } from '../support/builders/templates.js';
import { anEndpoint, eventsOf } from '../support/builders/webhooks.js';
import { schemaOf } from '../support/any-operation.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { type TestPlatform, until } from '../support/platform.js';
import { everythingOf } from './probes.js';

/** A business and a person, each with one of everything that has an id. */
export interface Tenant {
  business: { id: string; owner: GraphQLClient };
  person: TestPerson;
  /** Ids that nothing tells without being asked for by another id, by whose they are. */
  more: { business: string[]; person: string[] };
  /** One of the business's events. */
  event: string;
}

/** Of one kind: an event may be of a message or of a consent. */
const MOST_OF_A_KIND = 2;
const ID = /\b[a-z]{3}_[0-9a-z]{20,}\b/g;
const PUBLIC = /^biz_/;

/** @param mark stands in every text of theirs */
export async function aTenant(platform: TestPlatform, mark: string): Promise<Tenant> {
  const made = await aBusiness(platform, { displayName: `Business ${mark}` });
  const { id, token, apiKey } = made;
  const owner = platform.business(token);
  const [one] = await reachablePeople(platform, platform.business(apiKey), 1);
  if (!one) throw new Error('Nobody can be reached');
  const { person, contact } = one;
  await aMember(platform, made, 'AGENT');
  await anEndpoint(owner, 'https://example.com/hooks');
  await anApprovedTemplate(platform, owner);
  await send(platform.business(apiKey), contact, { text: `Sent ${mark}` });
  await dispatchAll(platform);
  await write(person.api, id, `Written ${mark}`);
  const noted = await note(owner, contact, `Noted ${mark}`);
  const { viewer } = await owner.do('{ viewer { member { id } } }');
  await inConversation(owner, 'assignConversation', { contact, assignee: viewer.member.id });
  await uploaded(platform, token, aFile([rowOf(contact)]));
  const picture = aPicture(mark);
  const media = await anUpload(owner, picture, platform.url);
  await put(media, picture);
  await complete(owner, media.id);
  const unsent = await aMedium(person.api, aPicture(`${mark} too`), platform.url);
  await aDevice(person.api);
  await person.api.do('mutation { exportMyData { __typename } }');
  const { inbox } = await person.api.do('{ inbox { nodes { id } } }');
  await person.api.do(
    `mutation ($input: ReportMessageInput!) { reportMessage(input: $input) { __typename } }`,
    { input: { kind: 'SPAM', note: `Reported ${mark}`, message: inbox.nodes[0].id } },
  );
  await write(person.api, id, NO_MORE_NEWSLETTERS);
  await lift(platform, (await restrict(platform, { id }, 'DAY_1')).id);
  const [event] = await until('events show', async () => {
    const events = await eventsOf(owner);
    return events.length > 0 && events;
  });
  if (!event) throw new Error('There is no event');
  const more = { business: [noted.note.id, event.id, media.id], person: [unsent] };
  return { business: { id, owner }, person, more, event: event.id };
}

/** Ids that a viewer is told of their own, some of each kind; those of businesses are public. */
export async function idsOf(client: GraphQLClient): Promise<string[]> {
  const schema = schemaOf(client.url.includes('/person/') ? 'person' : 'business');
  const told: string[] = [];
  // What the audit log names is told by what it is of, too: that comes first.
  const names = Object.keys(schema.getQueryType()?.getFields() ?? {});
  for (const name of names.sort((a, b) => Number(a === 'auditLog') - Number(b === 'auditLog'))) {
    const query = everythingOf(schema, name);
    if (query) told.push(JSON.stringify((await client.raw(query)).data));
  }
  const byKind = new Map<string, Set<string>>();
  for (const [id] of told.join(' ').matchAll(ID)) {
    const ofKind = byKind.get(id.slice(0, 3)) ?? new Set();
    if (!PUBLIC.test(id) && ofKind.size < MOST_OF_A_KIND) byKind.set(id.slice(0, 3), ofKind.add(id));
  }
  return [...byKind.values()].flatMap((ofKind) => [...ofKind]);
}

/** A digest of every row of every table that is about a business or a person. */
export async function fingerprint(platform: TestPlatform, { business }: Tenant): Promise<object> {
  const tables = await platform.database.sql<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
        AND a.attname = 'business_id' ORDER BY 1`,
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const rows = await platform.database.sql<{ row: string }>(
      `SELECT t::text AS row FROM "${name}" t WHERE business_id = $1 ORDER BY 1`,
      [parsePublicId('biz', business.id)],
    );
    const hash = createHash('sha256').update(JSON.stringify(rows)).digest('hex').slice(0, 16);
    digests[name] = `${rows.length} rows, ${hash}`;
  }
  return digests;
}
