import { Injectable } from '@nestjs/common';
import { BusinessProfiles } from '@assent/accounts';
import {
  Database,
  type ExportRecord,
  Handles,
  inPages,
  type PersonExport,
  type PersonKey,
  publicId,
  type Transaction,
} from '@assent/platform';
import { NO_PREFERENCES } from '../domain/preferences.js';
import { HandedOffStore, type PersonHandOff } from '../persistence/handed-off.store.js';
import { PreferencesStore } from '../persistence/preferences.store.js';
import {
  type PersonConversation,
  type PersonMessage,
  PersonMessageStore,
} from '../persistence/person-message.store.js';
import { type Reaction, ReadReactions } from './read-reactions.js';
import { ShowContents } from './show-contents.js';
import { StopQuestionExport } from './stop-question-export.js';

const PAGE = 500;

type ReactedMessage = PersonMessage & { reactions: Reaction[] };

/**
 * What a person wants of being messaged, what they were asked about sentences of theirs, and every message that concerns
 * them, for that person's own copy: with its text, also where it never reached them. What somebody wrote to a person is
 * data about that person, whatever became of it (GDPR, art. 15); and who asks for a copy of everything is not being
 * messaged by reading it.
 */
@Injectable()
export class MessagingExport implements PersonExport {
  constructor(
    private readonly database: Database,
    private readonly store: PersonMessageStore,
    private readonly preferences: PreferencesStore,
    private readonly contents: ShowContents,
    private readonly profiles: BusinessProfiles,
    private readonly handles: Handles,
    private readonly reactions: ReadReactions,
    private readonly questions: StopQuestionExport,
    private readonly handOffs: HandedOffStore,
  ) {}

  estimate(person: PersonKey): Promise<number> {
    return this.as(person, (tx) => this.store.count(tx, person));
  }

  async *export(person: PersonKey): AsyncGenerator<ExportRecord, void, undefined> {
    yield* this.wishes(person);
    const conversations = inPages<PersonConversation>(PAGE, (last, limit) =>
      this.as(person, (tx) => this.store.conversations(tx, person, last?.businessId ?? null, limit)),
    );
    for await (const conversation of conversations) {
      const { businessId } = conversation;
      const profile = (await this.profiles.byIds([businessId])).get(businessId);
      const messages = inPages<ReactedMessage>(PAGE, (last, limit) =>
        this.messages(person, conversation, last?.seq ?? 0, limit),
      );
      for await (const { id, content, reactions, ...message } of messages) {
        const { state, opened: written } = this.contents.of({ id, content });
        yield {
          file: 'messages.jsonl',
          row: {
            id: this.handles.seal(`person:${person.personId}`, 'msg', id),
            business: publicId('biz', businessId),
            businessName: profile?.displayName ?? null,
            direction: message.direction,
            purpose: message.purpose,
            status: message.status,
            reason: message.reason,
            acceptedAt: message.acceptedAt.toISOString(),
            receivedAt: message.dispatchedAt?.toISOString() ?? null,
            deliveredAt: message.deliveredAt?.toISOString() ?? null,
            readAt: message.readAt?.toISOString() ?? null,
            endedAt: message.endedAt?.toISOString() ?? null,
            inReplyTo:
              message.replyTo && this.handles.seal(`person:${person.personId}`, 'msg', message.replyTo),
            reactions: reactions.map(({ by, emoji, at }) => ({ by, emoji, at: at.toISOString() })),
            contentState: state,
            text: written?.text ?? null,
            media: written?.media
              ? {
                  type: written.media.type,
                  bytes: written.media.bytes,
                  sha256: written.media.sha256,
                  name: written.media.name,
                }
              : null,
            proof: written?.proof?.toString('base64url') ?? null,
          },
        };
      }
    }
    yield* this.handedOver(person);
    yield* this.questions.export(person);
  }

  private async messages(
    person: PersonKey,
    conversation: PersonConversation,
    afterSeq: number,
    limit: number,
  ): Promise<ReactedMessage[]> {
    const messages = await this.as(person, (tx) =>
      this.store.messages(tx, person, conversation, afterSeq, limit),
    );
    const reactions = await this.reactions.ofMessages(
      { role: 'person', personId: person.personId },
      messages.map(({ id }) => id),
    );
    return messages.map((message) => ({ ...message, reactions: reactions.get(message.id) ?? [] }));
  }

  /** Nothing where the person never set any. */
  private async *wishes(person: PersonKey): AsyncGenerator<ExportRecord, void, undefined> {
    const { preferences } = await this.as(person, (tx) => this.preferences.read(tx, person));
    if (preferences === NO_PREFERENCES) return;
    const {
      timeZone,
      quietHours,
      marketingCap,
      weeklyMarketingCap,
      interruptionCap,
      pausedUntil,
      smsFallback,
    } = preferences;
    yield {
      file: 'preferences.json',
      row: {
        timeZone,
        quietHours: quietHours && { from: quietHours.from, to: quietHours.to },
        marketingCap,
        weeklyMarketingCap,
        interruptionCap,
        pausedUntil: pausedUntil?.toISOString() ?? null,
        smsFallback,
      },
    };
  }

  /** What went, or was to go, by other ways than the app. */
  private async *handedOver(person: PersonKey): AsyncGenerator<ExportRecord, void, undefined> {
    const handOffs = inPages<PersonHandOff>(PAGE, (last, limit) =>
      this.as(person, (tx) => this.handOffs.ofPerson(tx, person, last, limit)),
    );
    for await (const { messageId, carrier, state, reason, handedAt, deliveredAt } of handOffs) {
      yield {
        file: 'hand-offs.jsonl',
        row: {
          message: this.handles.seal(`person:${person.personId}`, 'msg', messageId),
          carrier,
          state,
          reason,
          handedAt: handedAt?.toISOString() ?? null,
          deliveredAt: deliveredAt?.toISOString() ?? null,
        },
      };
    }
  }

  private as<Result>({ personId }: PersonKey, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.database.transaction({ role: 'person', personId }, work);
  }
}
