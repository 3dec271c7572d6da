import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@assent/platform';
import { evidenceOf, isInForce, nextRung } from '../domain/restriction.js';
import { lockBusiness } from '../persistence/business-lock.js';
import { QualityStore } from '../persistence/quality.store.js';
import { RestrictionStore } from '../persistence/restriction.store.js';
import { eachInTurn } from './each-in-turn.js';
import { Restrict } from './restrict.js';
import { QualitySettings } from './quality-settings.js';

const REASON =
  'The quality of the business is RED: too many of the people that it messaged reported, blocked or stopped it.';

/**
 * Restricts businesses that are RED, rung by rung: one restriction at a time, and the next one only after the former has
 * ended and enough people have spoken against the business since. For the worker, every minute.
 */
@Injectable()
export class RestrictByQuality {
  constructor(
    private readonly database: Database,
    private readonly settings: QualitySettings,
    private readonly qualities: QualityStore,
    private readonly restrictions: RestrictionStore,
    private readonly restrict: Restrict,
  ) {}

  /** Each business in a transaction of its own; of several workers one restricts it. @returns how many it restricted */
  execute(): Promise<number> {
    return eachInTurn(
      this.database,
      (tx, after, limit) => this.qualities.redBusinesses(tx, after, limit),
      (tx, id) => this.judge(tx, id),
    );
  }

  private async judge(tx: Transaction, businessId: string): Promise<boolean> {
    await lockBusiness(tx, businessId);
    const [now, qualities, open, last, judgedUntil] = await Promise.all([
      tx.now(),
      this.qualities.bySubjects(tx, [businessId]),
      this.restrictions.open(tx, businessId),
      this.restrictions.lastThatStands(tx, businessId),
      this.restrictions.judgedUntil(tx, businessId),
    ]);
    if (qualities.get(businessId)?.level !== 'RED' || (open && isInForce(open, now))) return false;
    const against = await this.qualities.against(tx, businessId, judgedUntil);
    if (against.reports + against.blocks + against.stops < this.settings.people) return false;
    const evidence = evidenceOf(against);
    const rung = nextRung(last ?? null, now);
    await this.restrict.begin(tx, { businessId, rung, reason: REASON, evidence, imposedBy: null }, now);
    return true;
  }
}
