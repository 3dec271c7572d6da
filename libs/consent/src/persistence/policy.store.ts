import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import { ConsentPolicy, type PolicyRows, type PublishedPolicy } from '../domain/policy.js';

/** The policy in force, and the database's time at which it is. */
export interface PolicyInForce {
  now: Date;
  policy: ConsentPolicy;
}

/** A version to be published. */
export interface NewPolicy {
  version: number;
  effectiveAt: Date;
  publishedAt: Date;
  publishedBy: string;
  note: string;
  rows: PolicyRows;
}

interface PolicyRow {
  version: number;
  effective_at: Date;
  published_at: Date;
  published_by: string | null;
  note: string;
  rows: PolicyRows;
  in_force: boolean;
}

/** The highest version whose time has come. */
const IN_FORCE = (now: string) =>
  `(SELECT version FROM consent_policy WHERE effective_at <= ${now} ORDER BY version DESC LIMIT 1)`;

const PUBLISHED = `version, effective_at, published_at, published_by, note, rows,
  version = ${IN_FORCE('(SELECT assent_now())')} AS in_force`;

/** The versions of the consent policy. */
@Injectable()
export class PolicyStore {
  /**
   * The last policy that was in force. It counts only where the database has just said that this very one is: by its
   * number, and by when it was published, should the database have been set back to a backup and gone on from there.
   */
  private kept: { publishedAt: number; policy: ConsentPolicy } | undefined;

  /**
   * The policy in force now, as this statement sees it, or, later than now, at a time; in the roles `engine` and `person`. A caller that holds locks
   * sends it behind them, so that `now` is not before them.
   */
  async inForce(tx: Transaction, at: Date | null = null): Promise<PolicyInForce> {
    const [row] = await tx.rows<{ now: Date; version: number; published_at: Date }>({
      name: 'policy-in-force',
      text: `SELECT clock.now, p.version, p.published_at FROM (SELECT greatest(assent_now(), $1) AS now OFFSET 0) clock
        JOIN consent_policy p ON p.version = ${IN_FORCE('clock.now')}`,
      values: [at],
    });
    if (!row) throw new Error('No consent policy is in force');
    const { now, version } = row;
    const publishedAt = row.published_at.getTime();
    const { kept } = this;
    if (kept?.policy.version === version && kept.publishedAt === publishedAt)
      return { now, policy: kept.policy };
    const policy = await this.byVersion(tx, version);
    this.kept = { publishedAt, policy };
    return { now, policy };
  }

  /** What a version says. @throws Error where there is no such version */
  async byVersion(tx: Transaction, version: number): Promise<ConsentPolicy> {
    const [row] = await tx.rows<{ rows: PolicyRows }>({
      text: 'SELECT rows FROM consent_policy WHERE version = $1',
      values: [version],
    });
    if (!row) throw new Error('A version of the consent policy is missing');
    return new ConsentPolicy(version, row.rows);
  }

  /** A person's country; null where it is not known. In the role `person`, as that person. */
  async countryOf(
    tx: Transaction,
    { lane, personId }: { lane: number; personId: string },
  ): Promise<string | null> {
    const [row] = await tx.rows<{ country: string | null }>({
      text: 'SELECT country FROM person WHERE lane = $1 AND id = $2',
      values: [lane, personId],
    });
    return row?.country ?? null;
  }

  /** A version as it was published; without a number the one in force. */
  async published(tx: Transaction, version: number | null): Promise<PublishedPolicy | undefined> {
    const [row] = await tx.rows<PolicyRow>({
      text: `SELECT ${PUBLISHED} FROM consent_policy
        WHERE version = coalesce($1, ${IN_FORCE('(SELECT assent_now())')})`,
      values: [version],
    });
    return row && toPublished(row);
  }

  /** Versions below one, newest first. */
  async page(tx: Transaction, below: number | null, limit: number): Promise<PublishedPolicy[]> {
    const rows = await tx.rows<PolicyRow>({
      text: `SELECT ${PUBLISHED} FROM consent_policy WHERE $1::integer IS NULL OR version < $1
        ORDER BY version DESC LIMIT $2`,
      values: [below, limit],
    });
    return rows.map(toPublished);
  }

  /** The highest version there is. */
  async newest(tx: Transaction): Promise<number> {
    const [row] = await tx.rows<{ version: number }>({
      text: 'SELECT max(version) AS version FROM consent_policy',
    });
    return row?.version ?? 0;
  }

  /** @returns false where somebody else published that version first: the primary key decides, without a lock */
  async add(tx: Transaction, policy: NewPolicy): Promise<boolean> {
    const added = await tx.run({
      text: `INSERT INTO consent_policy (version, effective_at, published_at, published_by, note, rows)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (version) DO NOTHING`,
      values: [
        policy.version,
        policy.effectiveAt,
        policy.publishedAt,
        policy.publishedBy,
        policy.note,
        JSON.stringify(policy.rows),
      ],
    });
    return added === 1;
  }
}

function toPublished(row: PolicyRow): PublishedPolicy {
  return {
    version: row.version,
    effectiveAt: row.effective_at,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
    note: row.note,
    rows: row.rows,
    inForce: row.in_force,
  };
}
