import { Injectable } from '@nestjs/common';
import { type Transaction, uuid7 } from '@assent/platform';

/**
 * Sandboxes: what a business is in test mode. A sandbox is a row of `business` of its own, so whatever keeps two businesses
 * apart (row-level security, guards, limits, handles, events) keeps the modes apart as well. In the role `gate`.
 */
@Injectable()
export class SandboxStore {
  /** Gives a business a sandbox where it has none; its row is locked by the caller, so that two do not make two. */
  async ensure(tx: Transaction, accountId: string, at: Date): Promise<void> {
    await tx.run({
      text: `INSERT INTO business (id, display_name, country, status, reach_tier, created_at, sandbox_of)
        SELECT $2, display_name, country, 'VERIFIED', reach_tier, $3, id FROM business
        WHERE id = $1 AND NOT EXISTS (SELECT FROM business WHERE sandbox_of = $1 AND retired_at IS NULL)`,
      values: [accountId, uuid7(at.getTime()), at],
    });
  }

  /** When the sandboxes of a business that are younger than `windowMs` were made, oldest first. */
  async madeWithin(tx: Transaction, accountId: string, windowMs: number): Promise<Date[]> {
    const rows = await tx.rows<{ created_at: Date }>({
      text: `SELECT created_at FROM business
        WHERE sandbox_of = $1 AND created_at > (SELECT assent_now()) - $2 * interval '1 millisecond' ORDER BY created_at`,
      values: [accountId, windowMs],
    });
    return rows.map(({ created_at }) => created_at);
  }

  /** Ends the sandbox of a business. From the commit on no request acts in it any more, and nobody new comes into it. */
  async retire(tx: Transaction, accountId: string, at: Date): Promise<void> {
    await tx.run({
      text: 'UPDATE business SET retired_at = $2 WHERE sandbox_of = $1 AND retired_at IS NULL',
      values: [accountId, at],
    });
  }

  /** Keeps a sandbox from being retired until the transaction ends. @returns false where it was retired before */
  async hold(tx: Transaction, sandboxId: string): Promise<boolean> {
    const held = await tx.run({
      text: 'SELECT FROM business WHERE id = $1 AND sandbox_of IS NOT NULL AND retired_at IS NULL FOR SHARE',
      values: [sandboxId],
    });
    return held > 0;
  }

  /** The sandbox that was retired longest ago and may still have people in it. */
  async unswept(tx: Transaction): Promise<string | undefined> {
    const [row] = await tx.rows<{ id: string }>({
      text: `SELECT id FROM business WHERE retired_at IS NOT NULL AND swept_at IS NULL ORDER BY retired_at LIMIT 1`,
    });
    return row?.id;
  }

  /** Notes that nobody is left in a sandbox. */
  async swept(tx: Transaction, sandboxId: string): Promise<void> {
    await tx.run({ text: 'UPDATE business SET swept_at = assent_now() WHERE id = $1', values: [sandboxId] });
  }
}
