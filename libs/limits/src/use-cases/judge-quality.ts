import { Inject, Injectable } from '@nestjs/common';
import { Database, Hints, LOGGER, publicId, type Transaction } from '@assent/platform';
import { FindHiddenLinks } from '@assent/templates';
import type { Logger } from 'pino';
import { judgeQuality } from '../domain/quality.js';
import { FORGOTTEN_HALF_LIVES, Tally } from '../domain/reactions.js';
import { SampleTally } from '../domain/sample-tally.js';
import { renewed, SpamTally } from '../domain/spam-score.js';
import { tellBusiness } from '../persistence/business-events.js';
import { QualityReaderStore, type ReactionEvent, type Reader } from '../persistence/quality-reader.store.js';
import { type Quality, QualityStore } from '../persistence/quality.store.js';
import { SampleStore } from '../persistence/sample.store.js';
import { type Seen, type Signal, SignalStore } from '../persistence/signal.store.js';
import { SpamScoreStore } from '../persistence/spam-score.store.js';
import { QualitySettings } from './quality-settings.js';
import { type SettledSample, SettleSamples } from './settle-samples.js';

/** Events that one transaction reads, and conversations that it loads at a time. */
const MOST_EVENTS = 2_000;
const PAGE = 5_000;
/** Businesses that one round judges, so that a process that is asked to stop can. */
const ROUND = 100;
const MINUTE_MS = 60_000;
/** Somebody who reacts is heard within a minute; where nobody does, only time passes. */
const BUSY_MS = MINUTE_MS;
const QUIET_MS = 10 * MINUTE_MS;
/** A judgement of so many conversations may take so much longer until it is made again. */
const CONVERSATIONS_A_MINUTE = 50_000;
const DAY_MS = 86_400_000;

/**
 * Reads what people did with messages from the events of each business, which sending, receipts and answers have written
 * anyway, and judges anew the quality of the business and of its templates, and its spam score; for the worker. Any number of
 * workers may run it, one a business at a time. A crash loses nothing and counts nothing twice: what was read and how far it
 * was read commit together.
 */
@Injectable()
export class JudgeQuality {
  constructor(
    private readonly database: Database,
    private readonly readers: QualityReaderStore,
    private readonly signals: SignalStore,
    private readonly qualities: QualityStore,
    private readonly spamScores: SpamScoreStore,
    private readonly samples: SampleStore,
    private readonly settle: SettleSamples,
    private readonly hiddenLinks: FindHiddenLinks,
    private readonly settings: QualitySettings,
    private readonly hints: Hints,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** One round: every business that is due, up to 100 steps. @returns whether more may be due */
  async execute(): Promise<boolean> {
    await this.database.transaction({ role: 'engine' }, (tx) => this.readers.enrol(tx));
    for (let step = 0; step < ROUND; step++) {
      if (!(await this.one())) return false;
    }
    return true;
  }

  /** The business that is due longest. One that can not be judged must not hold up the others: it comes again later. */
  private async one(): Promise<boolean> {
    let claimed: Reader | undefined;
    let settled: SettledSample[] = [];
    try {
      settled = await this.database.transaction({ role: 'engine' }, async (tx) => {
        claimed = await this.readers.claim(tx);
        return claimed ? this.step(tx, claimed) : [];
      });
    } catch (error) {
      const failed = claimed;
      if (!failed) throw error;
      this.log.error({ err: error, businessId: failed.businessId }, 'A business could not be judged');
      await this.database.transaction({ role: 'engine' }, (tx) => this.readers.move(tx, failed, QUIET_MS));
    }
    await this.settle.execute(settled);
    return claimed !== undefined;
  }

  /** A page of events, and, where all are read, the judgement. @returns the samples that it settles */
  private async step(tx: Transaction, reader: Reader): Promise<SettledSample[]> {
    const events = await this.readers.events(tx, reader, MOST_EVENTS);
    const last = events.at(-1);
    const behind = last ? { ...reader, xid: last.xid, eventId: last.id } : reader;
    await this.signals.add(tx, reader.businessId, seenIn(reader.businessId, events));
    const settled: SettledSample[] = [];
    const pauseMs =
      events.length < MOST_EVENTS ? await this.judge(tx, reader, events.length > 0, settled) : 0;
    await this.readers.move(tx, behind, pauseMs);
    return settled;
  }

  /** @returns after how many milliseconds to judge again */
  private async judge(
    tx: Transaction,
    { businessId }: Reader,
    busy: boolean,
    settled: SettledSample[],
  ): Promise<number> {
    const { rules, people, pacing } = this.settings;
    const [now, verified, templates, open] = await Promise.all([
      tx.now(),
      this.readers.verifiedBusinesses(tx),
      this.signals.templatesOf(tx, businessId),
      this.samples.open(tx, businessId, pacing),
    ]);
    const subjects = [businessId, ...templates];
    const known = await this.qualities.bySubjects(tx, subjects);
    await this.signals.forget(
      tx,
      subjects,
      new Date(now.getTime() - FORGOTTEN_HALF_LIVES * rules.halfLifeDays * DAY_MS),
    );
    verified.delete(businessId);
    const spam = new SpamTally();
    let conversations = 0;
    for (const subjectId of subjects) {
      const tally = new Tally(now.getTime(), verified.size, rules);
      const sample = open.find(({ templateId }) => templateId === subjectId);
      const began = sample?.beganAt.getTime() ?? 0;
      const ofSample = sample && new SampleTally(began, now.getTime(), verified.size, rules, people);
      const counted = await this.each(tx, subjectId, (signal) => {
        const heard = tally.add(signal);
        if (heard && subjectId === businessId) spam.add(heard);
        ofSample?.add(signal);
      });
      conversations += counted;
      const verdict = ofSample?.verdict;
      if (sample && verdict) settled.push({ ...sample, businessId, verdict });
      const before = known.get(subjectId);
      if (counted === 0 && !before) continue;
      const judgement = judgeQuality(tally.cohorts, before?.level ?? 'UNKNOWN', rules);
      const since = before?.level === judgement.level ? before.since : now;
      const quality = { subjectId, businessId, ...judgement, since, counts: tally.counts, judgedAt: now };
      await this.keep(tx, quality, before);
    }
    await this.judgeSpam(tx, businessId, spam, now);
    return (busy ? BUSY_MS : QUIET_MS) + (conversations / CONVERSATIONS_A_MINUTE) * MINUTE_MS;
  }

  private async judgeSpam(tx: Transaction, businessId: string, spam: SpamTally, now: Date): Promise<void> {
    const { halfLifeDays } = this.settings.rules;
    const links = await this.hiddenLinks.execute(tx, businessId);
    const former = await this.spamScores.of(tx, businessId);
    const score = renewed(former, spam.points(links, now, halfLifeDays), now, halfLifeDays);
    if (score !== former) await this.spamScores.keep(tx, businessId, score);
  }

  /** Hears every conversation of a subject. @returns how many there are */
  private async each(tx: Transaction, subjectId: string, hear: (signal: Signal) => void): Promise<number> {
    let conversations = 0;
    for (let page: Signal[] | undefined; page === undefined || page.length === PAGE;) {
      page = await this.signals.page(tx, subjectId, page?.at(-1)?.contactId, PAGE);
      for (const signal of page) hear(signal);
      conversations += page.length;
    }
    return conversations;
  }

  /** A level that changed is an event of the business. */
  private async keep(tx: Transaction, quality: Quality, before: Quality | undefined): Promise<void> {
    await this.qualities.keep(tx, quality);
    const { subjectId, businessId, level, score, judgedAt } = quality;
    const from = before?.level ?? 'UNKNOWN';
    if (level === from) return;
    const change = { from, to: level, score: Math.floor(100 * score) };
    if (subjectId === businessId) await tellBusiness(tx, businessId, 'quality.changed', change, judgedAt);
    else {
      const data = { template: publicId('tpl', subjectId), ...change };
      await tellBusiness(tx, businessId, 'template_quality.changed', data, judgedAt);
    }
    tx.afterCommit(() => this.hints.send([`business:${businessId}`]));
  }
}

/**
 * What events say of each conversation, and of each template in it: the first time that a message was visible, and the
 * latest of everything else.
 */
function seenIn(businessId: string, events: readonly ReactionEvent[]): Seen[] {
  const all = new Map<string, Seen>();
  for (const { contactId, templateId, what, at } of events) {
    for (const subjectId of templateId ? [businessId, templateId] : [businessId]) {
      const key = `${contactId} ${subjectId}`;
      const seen = all.get(key) ?? nothingOf(contactId, subjectId);
      all.set(key, seen);
      if (what === 'REPLIED') seen.repliedAt = at;
      else seen.firstAt ??= at;
      if (what === 'DELIVERED' || what === 'READ') seen.deliveredAt = at;
      if (what === 'READ') seen.readAt = at;
    }
  }
  return [...all.values()];
}

function nothingOf(contactId: string, subjectId: string): Seen {
  return { contactId, subjectId, firstAt: null, deliveredAt: null, readAt: null, repliedAt: null };
}
