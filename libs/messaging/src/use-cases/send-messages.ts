import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import { SentMedia } from '@assent/media';
import {
  Database,
  Gatherer,
  Handles,
  Hints,
  inTurns,
  KeyRing,
  LOOK_UPS,
  type MacKey,
  NotYet,
  parseInput,
  type Transaction,
  uuid7,
} from '@assent/platform';
import type { Objection, Refused } from '../domain/decision.js';
import { type Announced, type Answer, type AskedMessage, type Plan, planBatch } from '../domain/plan.js';
import { ContentVault } from '../persistence/content-vault.js';
import { type NewAnswer, type NewMessage, SendingRecorder } from '../persistence/sending.recorder.js';
import { SendingStore } from '../persistence/sending.store.js';
import type { LoadedPeople } from '../persistence/situation.loader.js';
import { batchSchema, type MessageInput, messageSchema, timesOf, wordingOf } from './message-input.js';
import { type Asker, MessageTraces } from './message-traces.js';
import { countAnswers } from './meters.js';
import { inOtherMode } from './other-mode.js';
import { type Unwritten, WriteDrafts, type Written } from './write-drafts.js';

/** What a message of a request was answered. */
export interface SendAnswer {
  idempotencyKey: string;
  answer: Answer;
  /** The key was used before: this is the answer of then, and nothing was done now. */
  replayed: boolean;
}

/** A message as it came; what it says is found out behind the locks. */
type Job = Announced &
  Pick<AskedMessage, 'whenLimited' | 'sendAt' | 'validForMs'> &
  Unwritten & { idempotencyKey: string; asker: Asker };
type WrittenJob = Job & Written;

/**
 * One at a time: a second one would wait for the guard of the same business, hold its people meanwhile, and leave half as many
 * messages to each, and what a batch costs by itself is a dozen statements and a commit to disk. What arrives while one is
 * under way is the next.
 */
const GATHERED = { batch: 500, parallel: 1, weigh: (jobs: Job[]) => jobs.length };
/** A request of more messages than this has enough of them to share what a batch costs (ADR 62). */
const MOST_GATHERED = 100;

/** Accepts messages for delivery, or says why not: load, decide, record in one transaction. */
@Injectable()
export class SendMessages {
  private readonly gathered = new Gatherer<Job[], SendAnswer[]>(
    (requests) => this.together(requests),
    GATHERED,
  );
  private readonly keyMacs: MacKey;
  private readonly bodyMacs: MacKey;

  constructor(
    private readonly database: Database,
    keys: KeyRing,
    private readonly handles: Handles,
    private readonly hints: Hints,
    private readonly drafts: WriteDrafts,
    private readonly store: SendingStore,
    private readonly recorder: SendingRecorder,
    private readonly vault: ContentVault,
    private readonly media: SentMedia,
    private readonly traces: MessageTraces,
  ) {
    this.keyMacs = keys.macKey('idempotency', 1);
    this.bodyMacs = keys.macKey('idempotency-body', 1);
  }

  /** One message; requests of few that arrive together share a transaction. @throws BadInputError */
  async one(viewer: BusinessViewer, input: unknown): Promise<SendAnswer> {
    const [answer] = await this.gathered.add([this.job(viewer, parseInput(messageSchema, input))]);
    if (!answer) throw new Error('A message was left without an answer');
    return answer;
  }

  /** 1 to 1,000 messages in one transaction, answered in order. @throws BadInputError: then none was accepted */
  async many(viewer: BusinessViewer, input: unknown): Promise<SendAnswer[]> {
    const { messages } = parseInput(batchSchema, input);
    const jobs = await inTurns(messages, (message) => this.job(viewer, message));
    return jobs.length <= MOST_GATHERED ? this.gathered.add(jobs) : this.traced(jobs);
  }

  private async together(requests: Job[][]): Promise<SendAnswer[][]> {
    const answers = await this.traced(requests.flat());
    let from = 0;
    return requests.map(({ length }) => answers.slice(from, (from += length)));
  }

  private job({ businessId, otherModeId, account }: BusinessViewer, message: MessageInput): Job {
    const { contact, whenLimited, idempotencyKey, inReplyTo } = message;
    const contactId = this.handles.open(`business:${businessId}`, 'ctc', contact);
    const wording = wordingOf(message);
    const times = timesOf(message);
    // Both keyed: a plain hash of a key or of a short text would let a thief of the table guess it.
    const keyHash = this.keyMacs.of(`${businessId}\n${idempotencyKey}`).toString('hex');
    const body = JSON.stringify([
      contact,
      whenLimited,
      wording,
      ...(inReplyTo ? [inReplyTo] : []),
      ...Object.values(times),
    ]);
    const bodyHash = this.bodyMacs.of(body).toString('hex');
    const mayBeMarketing = 'template' in wording;
    const otherMode = inOtherMode(this.handles, otherModeId, contact);
    return {
      businessId,
      contactId,
      inOtherMode: otherMode,
      accountId: account.id,
      wording,
      renderedAhead: this.drafts.renderAhead({ businessId, wording }),
      replyTo: inReplyTo
        ? { messageId: this.handles.open(`business:${businessId}`, 'msg', inReplyTo) }
        : null,
      mayBeMarketing,
      whenLimited,
      ...times,
      idempotencyKey,
      keyHash,
      bodyHash,
      asker: this.traces.asker,
    };
  }

  private traced(asked: Job[]): Promise<SendAnswer[]> {
    return this.traces.sending(asked, () => this.send(asked));
  }

  private async send(asked: Job[]): Promise<SendAnswer[]> {
    const answers = await this.database.transaction(LOOK_UPS, async (tx) => {
      const peopled = this.store.lockPeople(tx, asked);
      const [people, [businesses, jobs]] = await Promise.all([
        peopled,
        this.store.lockBusinesses(tx, asked, () => this.drafts.execute(tx, asked)),
        // While other batches hold their businesses.
        peopled.then((found) => this.prepareKeys(found)),
      ]);
      const facts = this.store.facts(people, businesses);
      const plans = planBatch(jobs, facts);

      const messages: NewMessage[] = [];
      const kept: NewAnswer[] = [];
      const answers: SendAnswer[] = [];
      const decide = (job: WrittenJob, at: number): void => {
        const plan = plans[at];
        if (!plan) throw new Error('A message was left without a plan');
        const { idempotencyKey } = job;
        if (plan.kind === 'ACCEPT') messages.push(this.message(job, plan, facts.now));
        const answer = answerTo(plan, messages.at(-1)?.id, facts.now, answers);
        answers.push({ idempotencyKey, answer, replayed: plan.kind === 'REPLAY' || plan.kind === 'REPEAT' });
        if (plan.kind === 'ACCEPT' || plan.kind === 'REFUSE') kept.push(toKeep(job, answer));
      };
      await inTurns(jobs, decide, { held: true });
      await this.keepMedia(tx, messages);
      await businesses.givingBack;
      if (kept.length > 0) await this.recorder.record(tx, facts.now, messages, kept, facts.businesses);
      return answers;
    });
    this.hints.send(['queue']);
    countAnswers(answers);
    return answers;
  }

  private async prepareKeys({ contactRows }: LoadedPeople): Promise<void> {
    await inTurns(contactRows, ({ contact_id: contactId, content_salt: contentSalt }) => {
      this.vault.prepare({ contactId, contentSalt });
    });
  }

  private message(
    job: WrittenJob,
    { contact, seq, takesPlace, notBefore, pacedUntil, sample, expiresAt }: Plan & { kind: 'ACCEPT' },
    now: Date,
  ): NewMessage {
    const id = uuid7(now.getTime(), contact.lane);
    if (job.purpose === null) throw new Error('A message without a purpose was accepted');
    const media = job.media?.known ? job.media.medium : null;
    return {
      id,
      contact,
      seq,
      purpose: job.purpose,
      words: { text: job.text, media },
      idempotencyKey: job.idempotencyKey,
      takesPlace,
      notBefore,
      pacedUntil,
      sample,
      sendAt: job.sendAt ?? null,
      expiresAt,
      refuseLimited: job.whenLimited === 'REFUSE',
      template: job.sentBy,
      replyTo: job.inReplyTo?.known ? job.inReplyTo.messageId : null,
    };
  }

  /** Nothing, and no statement, where no medium goes with any of them. */
  private async keepMedia(tx: Transaction, messages: readonly NewMessage[]): Promise<void> {
    const uses = messages.flatMap(
      ({ words: { media }, contact: { businessId, lane, personId }, expiresAt: until }) =>
        media ? [{ mediaId: media.id, businessId, lane, personId, until }] : [],
    );
    if (uses.length > 0 && !(await this.media.use(tx, uses))) {
      throw new NotYet(10, 'A medium was removed while it was sent');
    }
  }
}

function answerTo(plan: Plan, newId: string | undefined, at: Date, before: SendAnswer[]): Answer {
  switch (plan.kind) {
    case 'ACCEPT':
      return { accepted: true, messageId: newId ?? '', at, deferral: plan.deferral };
    case 'REPLAY':
      return plan.answer;
    case 'REPEAT':
      return before[plan.at]?.answer ?? refusedAs({ reason: 'IDEMPOTENCY_CONFLICT', retryAt: null }, []);
    case 'REFUSE':
      return refusedAs(plan.decision, plan.others);
    case 'CONFLICT':
      return refusedAs(plan.decision, []);
  }
}

function refusedAs({ reason, retryAt, parameter }: Omit<Refused, 'outcome'>, others: Objection[]): Answer {
  return { accepted: false, reason, retryAt, parameter: parameter ?? null, others };
}

function toKeep({ keyHash, bodyHash }: Job, answer: Answer): NewAnswer {
  return {
    keyHash,
    bodyHash,
    messageId: answer.accepted ? answer.messageId : null,
    reason: answer.accepted ? (answer.deferral?.reason ?? null) : answer.reason,
    retryAt: answer.accepted ? (answer.deferral?.until ?? null) : answer.retryAt,
    parameter: answer.accepted ? null : answer.parameter,
  };
}
