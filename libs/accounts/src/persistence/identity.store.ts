import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { BusinessStatus } from '../domain/business-states.js';

/** Who a business is, as far as the operator has verified it. */
export interface Identity {
  status: BusinessStatus;
  displayName: string;
  legalName: string | null;
  /** Host of the website whose domain it proved; null, like the legal name, before it was first approved. */
  hostname: string | null;
}

/** What reviews of other things compare with. */
@Injectable()
export class IdentityStore {
  /** By UUID; for roles that may read verifications: a business its own, an admin everyone's. */
  async byIds(tx: Transaction, ids: readonly string[]): Promise<Map<string, Identity>> {
    const rows = await tx.rows<Omit<Identity, 'hostname'> & { id: string; website: string | null }>({
      text: `SELECT b.id, b.status, b.display_name AS "displayName", v.legal_name AS "legalName", v.website
        FROM business b
        LEFT JOIN LATERAL (
          SELECT legal_name, website FROM verification
          WHERE business_id = b.id AND status = 'APPROVED' ORDER BY id DESC LIMIT 1
        ) v ON true
        WHERE b.id = ANY ($1::uuid[])`,
      values: [[...new Set(ids)]],
    });
    return new Map(
      rows.map(({ id, website, ...identity }) => [
        id,
        { ...identity, hostname: website === null ? null : new URL(website).hostname },
      ]),
    );
  }
}
