import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ForgetMedia } from '@assent/media';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { write } from '../support/builders/conversations.js';
import { aMedium, aPicture, from } from '../support/builders/media.js';
import type { TestPerson } from '../support/builders/people.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

/** Files of a person that may be unsent, and bytes of all that are kept. */
export const MOST_UNSENT = 3;
export const QUOTA = 1_200;
/** What is told of a file. */
export const MEDIA = 'media { kind type bytes sha256 name url }';

/** A platform with a business that people send files to. */
export class FilesOfPeople {
  private pictures = 0;
  private keys = 0;

  private constructor(
    readonly platform: TestPlatform,
    readonly shop: TestBusiness,
    readonly business: GraphQLClient,
    private readonly directory: string,
  ) {}

  static async start(): Promise<FilesOfPeople> {
    const directory = mkdtempSync(join(tmpdir(), 'assent-test-'));
    const platform = await startPlatform({
      DATA_DIRECTORY: directory,
      MEDIA_MOST_BYTES: '400,16,16,16',
      MEDIA_PERSON_UNSENT: `${MOST_UNSENT},1000`,
      MEDIA_PERSON_QUOTA_BYTES: String(QUOTA),
    });
    const shop = await aBusiness(platform);
    return new FilesOfPeople(platform, shop, platform.business(shop.apiKey), directory);
  }

  /** Unlike any other. */
  aNewPicture(bytes = 100): Buffer {
    return aPicture(`${++this.pictures}`.padEnd(bytes - 8, '.'));
  }

  upload({ api }: TestPerson, bytes = this.aNewPicture()): Promise<string> {
    return aMedium(api, bytes, this.platform.url);
  }

  show(
    { api }: TestPerson,
    id: string,
    text: string | null = null,
    of = this.shop,
    key = `show-${++this.keys}`,
  ): ReturnType<typeof write> {
    return write(api, of.id, text, key, { id, name: 'meter.png' });
  }

  get(url: string): Promise<Response> {
    return fetch(from(this.platform.url, url));
  }

  /** What a business was written last. */
  async newest(by = this.business): Promise<any> {
    const { messages } = await by.do(
      `{ messages(first: 1) { nodes { id direction text ${MEDIA} contact { id } } } }`,
    );
    return messages.nodes[0];
  }

  cleanUp(): Promise<unknown> {
    return this.platform.app.get(ForgetMedia, { strict: false }).execute();
  }

  /** How many files there are. */
  stored(): number {
    const entries = readdirSync(join(this.directory, 'media'), { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).length;
  }
}
