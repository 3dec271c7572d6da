import { setTimeout as wait } from 'node:timers/promises';
import { aBusiness } from '../support/builders/accounts.js';
import { aMessage, type Reachable, reachablePeople, sendAll } from '../support/builders/messaging.js';
import { GraphQLClient } from '../support/graphql-client.js';
import { change } from '../consent/consent-platform.js';
import type { PlatformFolder } from '../processes/platform-folder.js';
import { remotePlatform } from '../processes/remote-platform.js';
import type { Note } from './restored.js';

const PEOPLE = 10;
const PAUSE_MS = 60;

/** A platform on which a business sends and people stop and allow, and write down what they are answered. */
export class LivedPlatform {
  readonly messages: Note[] = [];
  /** By the ids of their events; only the answered ones have any. */
  readonly consents: Note[] = [];
  private goesOn = true;
  private living: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly people: Reachable[],
    private readonly apiKey: string,
    private url: string,
  ) {}

  static async on(url: string, folder: PlatformFolder): Promise<LivedPlatform> {
    const platform = remotePlatform(url, folder);
    const { apiKey } = await aBusiness(platform);
    return new LivedPlatform(await reachablePeople(platform, platform.business(apiKey), PEOPLE), apiKey, url);
  }

  begin(): void {
    this.living = Promise.allSettled([this.send(), this.decide()]);
  }

  async end(): Promise<void> {
    this.goesOn = false;
    await this.living;
  }

  /** From now on it is at another address. */
  moveTo(url: string): void {
    this.url = url;
  }

  /** Ids of all entries of the ledgers of its people. */
  ledgers(): Promise<string[]> {
    return this.ofAll('consentHistory', 'id');
  }

  /** Texts that the devices show. */
  inboxes(): Promise<string[]> {
    return this.ofAll('inbox', 'text');
  }

  /** Sends messages once more, with the same keys. */
  async sendAgain(notes: readonly Note[]): Promise<{ replayed: boolean }[]> {
    return sendAll(
      this.business,
      notes.map(({ name }) => this.messageOf(name)),
    );
  }

  /** A field of all nodes of a list of each person's. */
  private async ofAll(list: 'consentHistory' | 'inbox', field: string): Promise<string[]> {
    const shown = this.people.map(async ({ person }) => {
      const values: string[] = [];
      for (let after: string | null = null; ;) {
        const answer: any = await this.device(person.token).do(
          `query ($after: String) { ${list}(first: 100, after: $after) { nodes { ${field} } pageInfo { hasNextPage endCursor } } }`,
          { after },
        );
        const { nodes, pageInfo } = answer[list];
        values.push(...nodes.map((node: Record<string, string>) => node[field]));
        if (!pageInfo.hasNextPage) return values;
        after = pageInfo.endCursor;
      }
    });
    return (await Promise.all(shown)).flat();
  }

  private get business(): GraphQLClient {
    return new GraphQLClient(`${this.url}/business/graphql`, this.apiKey);
  }

  private device(token: string): GraphQLClient {
    return new GraphQLClient(`${this.url}/person/graphql`, token);
  }

  private async send(): Promise<void> {
    for (let nr = 0; this.goesOn; nr++) {
      const notes = this.people.map((_, who): Note => ({
        name: `To ${who}, number ${nr}`,
        begun: Date.now(),
      }));
      this.messages.push(...notes);
      const results = await sendAll(
        this.business,
        notes.map(({ name }) => this.messageOf(name)),
      );
      const answered = Date.now();
      results.forEach(({ id }, at) => id && Object.assign(notes[at] as Note, { answered }));
      await wait(PAUSE_MS);
    }
  }

  private async decide(): Promise<void> {
    for (let nr = 0; this.goesOn; nr++) {
      const { person } = this.people[nr % PEOPLE] as Reachable;
      const begun = Date.now();
      const action = Math.floor(nr / PEOPLE) % 2 === 0 ? 'stop' : 'allow';
      const api = this.device(person.token);
      const { eventId } = await change({ ...person, api }, action, { purpose: 'MARKETING' });
      if (eventId) this.consents.push({ name: eventId, begun, answered: Date.now() });
      await wait(PAUSE_MS / 2);
    }
  }

  private messageOf(text: string): Record<string, unknown> {
    const [who] = /\d+/.exec(text) ?? [];
    return aMessage(this.people[Number(who)]?.contact ?? '', { text, idempotencyKey: text });
  }
}
