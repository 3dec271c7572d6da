import { Injectable } from '@nestjs/common';
import type { CarrierName } from '@assent/carriers';
import type { Transaction } from '@assent/platform';
import type { KillSwitch, KillSwitchKind, SwitchTarget } from '../domain/kill-switch.js';
import { DECIDE_ALONE } from './kill-switch-lock.js';

interface KillSwitchRow {
  id: string;
  kind: KillSwitchKind;
  business_id: string | null;
  template_id: string | null;
  carrier: CarrierName | null;
  reason: string;
  set_by: string;
  set_at: Date;
  ends_at: Date | null;
  ended_at: Date | null;
  ended_by: string | null;
  end_reason: string | null;
}

const COLUMNS =
  'id, kind, business_id, template_id, carrier, reason, set_by, set_at, ends_at, ended_at, ended_by, end_reason';
/** What to write where another switch takes the place of one. */
const REPLACED = 'Another one was set in its place.';

/** A switch as those read it whom it concerns: not who set it. */
export type SwitchedOff = Pick<KillSwitch, 'kind' | 'templateId' | 'carrier' | 'reason' | 'setAt' | 'endsAt'>;

/** Kill switches: rows are added and ended, never changed. */
@Injectable()
export class KillSwitchStore {
  /** Whoever changes switches takes turns, before anything is read. */
  async lockChanges(tx: Transaction): Promise<void> {
    await tx.run({ text: `SELECT pg_advisory_xact_lock(hashtext('assent_kill_switch'))` });
  }

  /**
   * Makes a change of this transaction hold from its commit on: waits for decisions under way, which may not have read it, and
   * lets none begin before. The last thing to do, since all sending waits meanwhile.
   */
  async holdFromCommit(tx: Transaction): Promise<void> {
    await tx.run(DECIDE_ALONE);
  }

  /** Whether something that a switch covers may still leave through a carrier; in the role `engine`, where no new one can begin. */
  async isHandingOver(tx: Transaction, target: SwitchTarget): Promise<boolean> {
    const [condition, value] = COVERED[target.kind](target as never);
    const rows = await tx.rows({
      text: `SELECT FROM hand_off h WHERE h.state = 'HANDING' AND h.handing_until > (SELECT assent_now()) AND ${condition} LIMIT 1`,
      values: value === null ? [] : [value],
    });
    return rows.length > 0;
  }

  /** The business of a template, where there is such a template. */
  async businessOfTemplate(tx: Transaction, templateId: string): Promise<string | undefined> {
    const [row] = await tx.rows<{ business_id: string }>({
      text: 'SELECT business_id FROM template WHERE id = $1',
      values: [templateId],
    });
    return row?.business_id;
  }

  async isBusiness(tx: Transaction, businessId: string): Promise<boolean> {
    const rows = await tx.rows({
      text: 'SELECT FROM business WHERE id = $1 AND sandbox_of IS NULL',
      values: [businessId],
    });
    return rows.length > 0;
  }

  /** Adds one, in the place of the one of the same thing, and has it told. */
  async set(tx: Transaction, killSwitch: KillSwitch): Promise<void> {
    const { id, kind, businessId, templateId, carrier, reason, setBy, setAt, endsAt } = killSwitch;
    await tx.run({
      text: `UPDATE kill_switch SET ended_at = $5, ended_by = $6, end_reason = '${REPLACED}'
        WHERE ended_at IS NULL AND kind = $1 AND business_id IS NOT DISTINCT FROM $2
          AND template_id IS NOT DISTINCT FROM $3 AND carrier IS NOT DISTINCT FROM $4`,
      values: [kind, businessId, templateId, carrier, setAt, setBy],
    });
    await tx.run({
      text: `INSERT INTO kill_switch (id, kind, business_id, template_id, carrier, reason, set_by, set_at, ends_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      values: [id, kind, businessId, templateId, carrier, reason, setBy, setAt, endsAt],
    });
    await this.tell(tx, id, 'SET', setAt);
  }

  /** The one of the same thing that is in force. */
  async sameInForce(
    tx: Transaction,
    {
      kind,
      businessId,
      templateId,
      carrier,
    }: Pick<KillSwitch, 'kind' | 'businessId' | 'templateId' | 'carrier'>,
    at: Date,
  ): Promise<KillSwitch | undefined> {
    const [row] = await tx.rows<KillSwitchRow & Record<string, unknown>>({
      text: `SELECT ${COLUMNS} FROM kill_switch
        WHERE ended_at IS NULL AND (ends_at IS NULL OR ends_at > $5) AND kind = $1 AND business_id IS NOT DISTINCT FROM $2
          AND template_id IS NOT DISTINCT FROM $3 AND carrier IS NOT DISTINCT FROM $4`,
      values: [kind, businessId, templateId, carrier, at],
    });
    return row && toKillSwitch(row);
  }

  /** Ends one that is in force, and has it told. @returns false where it was over */
  async lift(tx: Transaction, id: string, by: string, reason: string, at: Date): Promise<boolean> {
    const ended = await tx.run({
      text: `UPDATE kill_switch SET ended_at = $4, ended_by = $2, end_reason = $3
        WHERE id = $1 AND ended_at IS NULL AND (ends_at IS NULL OR ends_at > $4)`,
      values: [id, by, reason, at],
    });
    if (ended === 1) await this.tell(tx, id, 'LIFTED', at);
    return ended === 1;
  }

  async byId(tx: Transaction, id: string): Promise<KillSwitch | undefined> {
    const [row] = await tx.rows<KillSwitchRow & Record<string, unknown>>({
      text: `SELECT ${COLUMNS} FROM kill_switch WHERE id = $1`,
      values: [id],
    });
    return row && toKillSwitch(row);
  }

  /** Newest first, all of them or those in force; one more than asked for, if there is one. */
  async page(
    tx: Transaction,
    inForce: boolean,
    first: number,
    after: string | undefined,
  ): Promise<KillSwitch[]> {
    const rows = await tx.rows<KillSwitchRow & Record<string, unknown>>({
      text: `SELECT ${COLUMNS} FROM kill_switch
        WHERE (NOT $1 OR (ended_at IS NULL AND (ends_at IS NULL OR ends_at > (SELECT assent_now()))))
          AND ($2::uuid IS NULL OR id < $2)
        ORDER BY id DESC LIMIT $3`,
      values: [inForce, after, first + 1],
    });
    return rows.map(toKillSwitch);
  }

  /** Those in force that concern a business, newest first, 100 at most. That apps are woken is not its affair. */
  async of(tx: Transaction, businessId: string): Promise<SwitchedOff[]> {
    return tx.rows<SwitchedOff & Record<string, unknown>>({
      text: `SELECT kind, template_id AS "templateId", carrier, reason, set_at AS "setAt", ends_at AS "endsAt" FROM kill_switch
        WHERE ended_at IS NULL AND (ends_at IS NULL OR ends_at > (SELECT assent_now()))
          AND (business_id = $1 OR business_id IS NULL) AND carrier IS DISTINCT FROM 'PUSH'
        ORDER BY id DESC LIMIT 100`,
      values: [businessId],
    });
  }

  private async tell(tx: Transaction, id: string, news: 'SET' | 'LIFTED', at: Date): Promise<void> {
    await tx.run({
      text: 'INSERT INTO kill_switch_telling (switch_id, news, at) VALUES ($1, $2, $3)',
      values: [id, news, at],
    });
  }
}

type Covered = {
  [Kind in KillSwitchKind]: (target: Extract<SwitchTarget, { kind: Kind }>) => [string, string | null];
};

/** Which hand-offs `h` a switch covers, and the value of the condition's parameter. */
const COVERED: Covered = {
  BUSINESS: ({ businessId }) => ['h.business_id = $1', businessId],
  TEMPLATE: ({ templateId }) => [
    'EXISTS (SELECT FROM message m WHERE m.lane = h.lane AND m.id = h.message_id AND m.template_id = $1)',
    templateId,
  ],
  CARRIER: ({ carrier }) => ['h.carrier = $1', carrier],
  MARKETING: () => [`h.purpose = 'MARKETING'`, null],
};

function toKillSwitch(row: KillSwitchRow): KillSwitch {
  return {
    id: row.id,
    kind: row.kind,
    businessId: row.business_id,
    templateId: row.template_id,
    carrier: row.carrier,
    reason: row.reason,
    setBy: row.set_by,
    setAt: row.set_at,
    endsAt: row.ends_at,
    endedAt: row.ended_at,
    endedBy: row.ended_by,
    endReason: row.end_reason,
  };
}
