import { Injectable } from '@nestjs/common';
import { sampleOfVersion, type TemplateSample } from '@assent/limits';
import { type Media, SentMedia } from '@assent/media';
import { BoundedCache, inTurns, type Transaction } from '@assent/platform';
import {
  type Rendered,
  type SampledTemplate,
  type SendingTemplate,
  type SendingVersion,
  SendingTemplatesStore,
  type TemplateKey,
  TemplateTexts,
  type WrittenValue,
} from '@assent/templates';
import type { TemplateFacts } from '../domain/facts.js';
import type { MessageMedia } from '../domain/content.js';
import type { MessagePurpose, MessageTemplate } from '../domain/message.js';
import { type AskedReply, ReplyStore } from '../persistence/reply.store.js';
import type { AskedMedia } from './media-input.js';

/** What a message is asked to say. */
export type Wording =
  | { text: string; media?: AskedMedia }
  | { template: string; language: string | null; parameters: readonly WrittenValue[] };

/** A message that is to say something, for a business. */
export interface Unwritten {
  businessId: string;
  /** Whose templates it means: those of the business itself, also in test mode. */
  accountId: string;
  /** Undefined where the handle was not one of this business. */
  contactId: string | undefined;
  wording: Wording;
  /** The message that it is to answer; its id is undefined where the handle was none of this business. */
  replyTo?: { messageId: string | undefined } | null;
  /** What `renderAhead` made of it. */
  renderedAhead?: Rendering | undefined;
}

/** What it says, as far as it can be said now. */
export interface Written {
  purpose: MessagePurpose | null;
  /** Null: it is free-form. */
  template: TemplateFacts | null;
  /** Which one that is, where there is one of the name. */
  templateId: string | null;
  /** Which template it is of, where that can be sent. */
  sentBy: MessageTemplate | null;
  /** Empty where it can not be said. */
  text: string;
  /** What goes with it; null: nothing. */
  media: { known: true; medium: MessageMedia } | { known: false } | null;
  /** Null: it answers none. */
  inReplyTo: { messageId: string; known: true } | { known: false } | null;
}

const UNKNOWN: Omit<Written, 'inReplyTo'> = {
  purpose: null,
  template: { known: false, approved: false, disabled: false, pausedUntil: null, misfit: null },
  templateId: null,
  sentBy: null,
  text: '',
  media: null,
};

type TemplateWording = Extract<Wording, { template: string }>;

/** A version of a template, filled in. */
export interface Rendering {
  version: SendingVersion;
  rendered: Rendered & { language: string };
}

/** Templates whose newest version is remembered. */
const MET = 5_000;

/** Finds what messages say: their own words, or their templates as they stand now, filled in. */
@Injectable()
export class WriteDrafts {
  /** The version that sent a template when it was last read here. */
  private readonly met = new BoundedCache<string, SendingVersion>(MET);

  constructor(
    private readonly templates: SendingTemplatesStore,
    private readonly texts: TemplateTexts,
    private readonly replies: ReplyStore,
    private readonly media: SentMedia,
  ) {}

  /**
   * What a message will say if its template still is as this process last met it when `execute` reads it behind locks: rendering
   * takes long, and need not be waited for there. Undefined: it says its own words, or the template was not met lately.
   */
  renderAhead({ businessId, wording }: Pick<Unwritten, 'businessId' | 'wording'>): Rendering | undefined {
    if (!('template' in wording)) return undefined;
    const version = this.met.find(keyOf(businessId, wording.template));
    return version && this.render(version, wording);
  }

  /**
   * In the order of the messages. Its statement is sent before the first wait, so behind the caller's locks and in the same
   * round trip; one more follows only for versions that this process has not met lately.
   */
  async execute<Message extends Unwritten>(
    tx: Transaction,
    messages: readonly Message[],
  ): Promise<(Message & Written)[]> {
    const asked = messages.flatMap(mediaOf);
    const [found, replies, media] = await Promise.all([
      this.templatesOf(tx, messages),
      this.replies.known(tx, messages.flatMap(repliesOf)),
      asked.length > 0 ? this.media.sendable(tx, asked) : new Map<string, Media>(),
    ]);
    const templates = new Map([...found].map(([key, template]) => [key, withSample(template)]));
    const versions = await this.versionsOf(tx, found);
    for (const [key, { versionId }] of found) this.meet(key, versionId ? versions.get(versionId) : undefined);
    const write = (message: Message): Message & Written => {
      const { businessId, wording } = message;
      const inReplyTo = replyOf(message, replies);
      if (!('template' in wording)) {
        return {
          ...message,
          purpose: 'SERVICE',
          template: null,
          templateId: null,
          sentBy: null,
          text: wording.text,
          media: mediumOf(message, media),
          inReplyTo,
        };
      }
      const template = templates.get(keyOf(businessId, wording.template));
      const version = template?.versionId ? versions.get(template.versionId) : undefined;
      if (!template) return { ...message, inReplyTo, ...UNKNOWN };
      const { renderedAhead } = message;
      const rendering =
        renderedAhead?.version === version ? renderedAhead : version && this.render(version, wording);
      return { ...message, inReplyTo, ...written(template, rendering) };
    };
    return inTurns(messages, write, { held: true });
  }

  private async templatesOf(
    tx: Transaction,
    messages: readonly Unwritten[],
  ): Promise<Map<string, SampledTemplate>> {
    const keys = new Map<string, TemplateKey>();
    for (const { businessId, accountId, wording } of messages) {
      if ('template' in wording) {
        const trial = businessId !== accountId;
        const key = { businessId: accountId, name: wording.template, trial };
        keys.set(keyOf(businessId, wording.template), key);
      }
    }
    const found = keys.size > 0 ? await this.templates.byNames(tx, [...keys.values()]) : [];
    return new Map(
      [...keys.keys()].flatMap((key, at) => {
        const template = found[at];
        return template ? [[key, template]] : [];
      }),
    );
  }

  private versionsOf(
    tx: Transaction,
    templates: ReadonlyMap<string, SampledTemplate>,
  ): Promise<Map<string, SendingVersion>> {
    return this.texts.load(
      tx,
      [...templates.values()].flatMap(({ versionId }) => versionId ?? []),
    );
  }

  private meet(template: string, version: SendingVersion | undefined): void {
    // One that is not settled may say something else by the next time.
    if (version?.settled) this.met.set(template, version);
  }

  private render(version: SendingVersion, { language, parameters }: TemplateWording): Rendering {
    const rendered = this.texts.render(version, language ?? version.defaultLanguage, parameters);
    return { version, rendered };
  }
}

function written(
  { id, purpose, pausedUntil, disabledAt, sample }: Sampling,
  rendering: Rendering | undefined,
): Omit<Written, 'inReplyTo'> {
  const standing = { known: true, disabled: disabledAt !== null, pausedUntil, sample };
  if (!rendering) {
    return {
      purpose,
      template: { ...standing, approved: false, misfit: null },
      templateId: id,
      sentBy: null,
      text: '',
      media: null,
    };
  }
  const { version, rendered } = rendering;
  return {
    purpose,
    template: { ...standing, approved: true, misfit: misfitOf(rendered) },
    templateId: id,
    sentBy: { id, versionId: version.id, language: rendered.language },
    text: 'text' in rendered ? rendered.text : '',
    media: null,
  };
}

type Sampling = SendingTemplate & { sample: TemplateSample | null };

/** One object a template: what one message takes of its sample, the next one sees. */
function withSample(template: SampledTemplate): Sampling {
  const { versionId, sample } = template;
  return { ...template, sample: versionId === null ? null : sampleOfVersion(versionId, sample) };
}

function repliesOf({ contactId, replyTo }: Unwritten): AskedReply[] {
  return replyTo?.messageId && contactId ? [{ messageId: replyTo.messageId, contactId }] : [];
}

function mediaOf({ businessId, wording }: Unwritten): { businessId: string; mediaId: string }[] {
  return 'media' in wording && wording.media?.id ? [{ businessId, mediaId: wording.media.id }] : [];
}

function mediumOf({ businessId, wording }: Unwritten, known: ReadonlyMap<string, Media>): Written['media'] {
  if (!('media' in wording) || !wording.media) return null;
  const { id, name } = wording.media;
  const found = id === null ? undefined : known.get(id);
  // A batch spans businesses: that it was found may be another one's doing.
  if (found?.businessId !== businessId) return { known: false };
  const { type, bytes, sha256 } = found;
  return { known: true, medium: { id: found.id, type, bytes, sha256, name } };
}

function replyOf({ replyTo }: Unwritten, known: ReadonlySet<string>): Written['inReplyTo'] {
  if (!replyTo) return null;
  const { messageId } = replyTo;
  return messageId !== undefined && known.has(messageId) ? { messageId, known: true } : { known: false };
}

/** The first problem stands for all: a preview lists them. */
function misfitOf(rendered: Rendered): TemplateFacts['misfit'] {
  const [problem] = 'problems' in rendered ? rendered.problems : [];
  if (!problem) return null;
  return problem.kind === 'PARAMETER'
    ? { kind: 'PARAMETER', parameter: problem.parameter }
    : { kind: 'TOO_LONG' };
}

/** A name has no line break. */
function keyOf(businessId: string, name: string): string {
  return `${businessId}\n${name}`;
}
