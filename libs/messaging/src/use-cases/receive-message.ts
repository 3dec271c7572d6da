import { Injectable } from '@nestjs/common';
import { type ConsentFact, recognise, type Recognised } from '@assent/consent';
import type { PersonsContact } from '@assent/matching';
import { SentMedia } from '@assent/media';
import { Database, Hints, KeyRing, type PersonKey, type Transaction, uuid7 } from '@assent/platform';
import { encodeContent, type MessageMedia } from '../domain/content.js';
import { judgeWriting } from '../domain/writing.js';
import { ContentVault } from '../persistence/content-vault.js';
import { InboundStore, type KeyHashes, type WritingAnswer } from '../persistence/inbound.store.js';
import { ReplyStore } from '../persistence/reply.store.js';
import { AskAboutStop } from './ask-about-stop.js';
import type { AskedMedia } from './media-input.js';
import { StopByWords } from './stop-by-words.js';

/** What a person wrote to a business, whichever way it came. */
export interface Writing {
  businessId: string;
  /** Empty only beside media. */
  text: string;
  media?: AskedMedia | null | undefined;
  /** The writer's own key: what comes again under it is answered as before. */
  idempotencyKey: string;
  /** The message that it is to answer; its id is undefined where the writer has none such. */
  replyTo?: { messageId: string | undefined } | null;
}

/** What became of the message. */
interface Taken {
  answer: WritingAnswer;
  /** The key was used before: this is the answer of then, and nothing was done now. */
  replayed: boolean;
}

/** What became of it, and what was understood. */
export interface Received extends Taken {
  /** What it asks for of the business's messages; undefined: nothing. */
  understood: Recognised | undefined;
  /** What stands now in the scope that this is about; null: nothing, or it is about none. */
  standing: ConsentFact | null;
  /** It was a stop that was not in force before. */
  stopsNow: boolean;
}

/** Takes what a person writes to a business into their conversation: load, decide, record in one transaction. */
@Injectable()
export class ReceiveMessage {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly hints: Hints,
    private readonly store: InboundStore,
    private readonly vault: ContentVault,
    private readonly replies: ReplyStore,
    private readonly words: StopByWords,
    private readonly question: AskAboutStop,
    private readonly media: SentMedia,
  ) {}

  /**
   * First what the words ask for, then the message: should the process die between the two, the stop holds, and the
   * same request again does the rest. A stop is never refused, whatever becomes of its message.
   *
   * A text must be one that `isMessageText` holds for, and the business one that there is.
   */
  async execute(writer: PersonKey, writing: Writing): Promise<Received> {
    const hashes = this.hashesOf(writer, writing);
    const understood = recognise(writing.text);
    const stopsNow = understood !== undefined && (await this.heed(writer, writing, hashes, understood));
    const taken = await this.database.transaction({ role: 'engine' }, (tx) =>
      this.take(tx, writer, writing, hashes, { understood, stopsNow }),
    );
    const standing = understood ? await this.words.standing(writer, writing.businessId, understood) : null;
    return { ...taken, understood, standing, stopsNow };
  }

  /** A request that comes again must not repeat a stop that the person has lifted since. */
  private async heed(
    writer: PersonKey,
    { businessId }: Writing,
    { key }: KeyHashes,
    said: Recognised,
  ): Promise<boolean> {
    const earlier = await this.database.transaction({ role: 'engine' }, (tx) => this.store.earlier(tx, key));
    return earlier ? false : this.words.heed(writer, businessId, said);
  }

  private async take(
    tx: Transaction,
    writer: PersonKey,
    { businessId, text, replyTo, media }: Writing,
    hashes: KeyHashes,
    { understood, stopsNow }: { understood: Recognised | undefined; stopsNow: boolean },
  ): Promise<Taken> {
    const { facts, contact, lastSeq, conversation, earlier } = await this.store.lockAndLoad(
      tx,
      writer,
      businessId,
      hashes.key,
    );
    if (earlier && !earlier.bodyHash.equals(hashes.body)) {
      return { answer: { taken: false, reason: 'IDEMPOTENCY_CONFLICT', retryAt: null }, replayed: false };
    }
    if (earlier) return { answer: earlier.answer, replayed: true };

    const answered = await this.answered(tx, contact, replyTo?.messageId);
    const medium = await this.mediumOf(tx, writer, media);
    const decision = judgeWriting({
      ...facts,
      stopsNow,
      answersUnknown: Boolean(replyTo) && answered === null,
      mediaUnknown: Boolean(media) && medium === null,
    });
    if (decision.outcome === 'REFUSED') {
      const answer = { taken: false, reason: decision.reason, retryAt: decision.retryAt } as const;
      await this.store.keep(tx, facts.now, hashes, answer);
      return { answer, replayed: false };
    }
    const owner = contact ?? (await this.store.begin(tx, writer, businessId, facts.now));
    const id = uuid7(facts.now.getTime(), writer.lane);
    const message = {
      id,
      contactId: owner.contactId,
      businessId,
      seq: lastSeq + 1,
      content: this.vault.seal(owner, id, encodeContent({ text, media: medium })),
      writeTat: decision.writeTat,
      conversation,
      replyTo: answered,
    };
    await this.store.record(tx, writer, facts.now, message, hashes);
    if (medium) await this.media.sent(tx, medium, businessId, facts.now);
    if (understood?.kind === 'FREE_TEXT') {
      await this.question.execute(tx, writer, message, text, understood, facts.now);
    }
    tx.afterCommit(() => this.hints.send([`business:${businessId}`]));
    return { answer: { taken: true, messageId: id, at: facts.now }, replayed: false };
  }

  /** The message that is answered; null: none, or none of this conversation. */
  private async answered(
    tx: Transaction,
    contact: PersonsContact | undefined,
    messageId: string | undefined,
  ): Promise<string | null> {
    if (!contact || messageId === undefined) return null;
    const known = await this.replies.known(tx, [{ messageId, contactId: contact.contactId }]);
    return known.has(messageId) ? messageId : null;
  }

  /** The medium that goes with it, its row locked; null: none, or none that the writer can send. */
  private async mediumOf(
    tx: Transaction,
    writer: PersonKey,
    asked: AskedMedia | null | undefined,
  ): Promise<MessageMedia | null> {
    const found = asked?.id ? await this.media.unsent(tx, writer, asked.id) : undefined;
    if (!asked || !found) return null;
    const { id, type, bytes, sha256 } = found;
    return { id, type, bytes, sha256, name: asked.name };
  }

  /** Both keyed, and of a person, so that no key of a business can ever be the same. */
  private hashesOf(
    { personId }: PersonKey,
    { businessId, text, idempotencyKey, replyTo, media }: Writing,
  ): KeyHashes {
    const file = media ? [media.id, media.name] : [];
    const body =
      replyTo || media
        ? JSON.stringify([businessId, text, replyTo?.messageId ?? null, ...file])
        : `${businessId}\n${text}`;
    return {
      key: this.keys.mac('idempotency', `person:${personId}\n${idempotencyKey}`, 1),
      body: this.keys.mac('idempotency-body', body, 1),
    };
  }
}
