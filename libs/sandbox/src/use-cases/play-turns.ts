import { Inject, Injectable } from '@nestjs/common';
import { Refused } from '@assent/accounts';
import { StoreMedia } from '@assent/media';
import { ReadInbox, ReceiveMessage } from '@assent/messaging';
import { EndOfPerson, testNumberEnding, TestPersonStore } from '@assent/people';
import { Database, Handles, LOGGER, type PersonKey, type Transaction } from '@assent/platform';
import type { Logger } from 'pino';
import { TEST_PICTURE } from '../domain/test-picture.js';
import { testOutcome } from '../domain/test-outcomes.js';
import { type Turn, TurnStore } from '../persistence/turn.store.js';
import { viewerOf } from './play-test-people.js';

const CLAIMED = 50;
/** A turn that failed so often is given up. */
const MOST_ATTEMPTS = 8;

/**
 * Lets test persons react to what became visible to them: fetch it, read it, answer, leave; through the use cases that a
 * device comes through, so whatever follows from it follows as for real. Any number of workers may run it: a step that was
 * taken before the process died changes nothing when it is taken again.
 */
@Injectable()
export class PlayTurns {
  constructor(
    private readonly database: Database,
    private readonly turns: TurnStore,
    private readonly people: TestPersonStore,
    private readonly inbox: ReadInbox,
    private readonly media: StoreMedia,
    private readonly receive: ReceiveMessage,
    private readonly end: EndOfPerson,
    private readonly handles: Handles,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** One round. @returns whether there may be more to do at once */
  async execute(): Promise<boolean> {
    const claimed = await this.asEngine((tx) => this.turns.claim(tx, CLAIMED));
    for (const turn of claimed) {
      try {
        await this.play(turn);
      } catch (error) {
        this.log.error({ err: error, messageId: turn.messageId }, 'A test person could not react');
        if (turn.attempts < MOST_ATTEMPTS) continue;
      }
      await this.asEngine((tx) => this.turns.remove(tx, turn));
    }
    return claimed.length > 0;
  }

  private async play(turn: Turn): Promise<void> {
    const message = await this.asEngine((tx) => this.turns.message(tx, turn));
    if (!message?.person) return;
    const { businessId, person } = message;
    const number = await this.database.transaction({ role: 'gate' }, (tx) =>
      this.people.numberOf(tx, person),
    );
    const outcome = testOutcome(number && testNumberEnding(number));
    if (!outcome || outcome.receives === 'NOTHING') return;
    await this.acknowledge(person, turn.messageId, 'DELIVERED');
    if (outcome.receives === 'READ') await this.acknowledge(person, turn.messageId, 'READ');
    if (outcome.answers !== null) {
      const idempotencyKey = `test-turn:${turn.messageId}`;
      const media = outcome.showsPicture ? await this.picture(person) : null;
      await this.receive.execute(person, { businessId, text: outcome.answers, media, idempotencyKey });
    }
    if (outcome.leaves) {
      await this.database.transaction({ role: 'gate' }, (tx) => this.end.giveWay(tx, person));
    }
  }

  /** One for each message, as people upload them. */
  private async picture(person: PersonKey): Promise<{ id: string; name: string }> {
    const { type, bytes, name } = TEST_PICTURE;
    const media = await this.media.execute(person, type, bytes);
    if (media instanceof Refused) throw new Error(`A picture is refused: ${media.reason}`);
    return { id: media.id, name };
  }

  private async acknowledge(
    person: PersonKey,
    messageId: string,
    receipt: 'DELIVERED' | 'READ',
  ): Promise<void> {
    const handle = this.handles.seal(`person:${person.personId}`, 'msg', messageId);
    await this.inbox.acknowledge(viewerOf(person), { messages: [handle], receipt });
  }

  private asEngine<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.database.transaction({ role: 'engine' }, work);
  }
}
