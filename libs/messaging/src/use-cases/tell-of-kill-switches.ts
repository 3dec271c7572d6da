import { Injectable } from '@nestjs/common';
import { NotifyOwners } from '@assent/accounts';
import { appendEvents, Database, Hints, publicId, type Transaction } from '@assent/platform';
import { SWITCHED_OFF } from '../domain/kill-switch.js';
import { SWITCH_REASONS } from '../domain/switch-reasons.js';
import { KillSwitchNewsStore, type SwitchNews } from '../persistence/kill-switch-news.store.js';

/** Businesses that are told in one transaction. */
const BATCH = 500;

/**
 * Tells the businesses that a kill switch concerns that it was set or lifted, each once; for the worker, every few seconds. A
 * switch of all marketing concerns any number of them, and must not wait for that.
 */
@Injectable()
export class TellOfKillSwitches {
  constructor(
    private readonly database: Database,
    private readonly hints: Hints,
    private readonly store: KillSwitchNewsStore,
    private readonly owners: NotifyOwners,
  ) {}

  /** In short transactions, until everybody knows. */
  async execute(): Promise<void> {
    while (await this.database.transaction({ role: 'engine' }, (tx) => this.tell(tx)));
  }

  /** @returns whether there may be more to tell */
  private async tell(tx: Transaction): Promise<boolean> {
    const news = await this.store.take(tx);
    if (!news) return false;
    const businesses = await this.store.concerned(tx, news, BATCH);
    const { type, data } = eventOf(news);
    const { at } = news;
    await appendEvents(
      tx,
      businesses.map((businessId) => ({ businessId, type, data, at })),
    );
    if (news.businessId) await this.owners.execute(tx, news.businessId, noticeOf(news));
    await this.store.told(tx, news, businesses.length < BATCH ? null : (businesses.at(-1) ?? null));
    tx.afterCommit(() => this.hints.send(businesses.map((id) => `business:${id}` as const)));
    return true;
  }
}

function eventOf({ news, kind, templateId, carrier, reason, endsAt, endReason }: SwitchNews) {
  const what = { kind, template: templateId && publicId('tpl', templateId), carrier };
  if (news === 'LIFTED') return { type: 'kill_switch.lifted', data: { ...what, reason: endReason } };
  const { todo } = SWITCH_REASONS[SWITCHED_OFF[kind]];
  return { type: 'kill_switch.set', data: { ...what, reason, endsAt, todo } };
}

/** To the owners of the one business that it is of. */
function noticeOf({ news, kind, at, reason, endsAt, endReason }: SwitchNews) {
  const what = kind === 'TEMPLATE' ? 'A template of your business' : 'Your business';
  if (news === 'LIFTED') {
    return {
      subject: `${what} may send again`,
      text: `The operator of the platform lifted the kill switch at ${at.toISOString()}: ${endReason}\n\nWhat was accepted before, and is still worth showing, goes on by itself.`,
    };
  }
  const { message, todo } = SWITCH_REASONS[SWITCHED_OFF[kind]];
  const until = endsAt ? ` until ${endsAt.toISOString()}, or until it is lifted` : ' until it is lifted';
  return {
    subject: `${what} is switched off`,
    text: `${message} It is so since ${at.toISOString()} and${until}.\n\nWhy: ${reason}\n\n${todo}`,
  };
}
