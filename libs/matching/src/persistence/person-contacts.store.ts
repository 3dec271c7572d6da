import { Injectable } from '@nestjs/common';
import type { PersonKey, Transaction } from '@assent/platform';

/** A business that has a person as a contact, from the person's side. */
export interface PersonContact {
  id: string;
  businessId: string;
  /** What the business calls the person in its own books. */
  externalId: string | null;
  createdAt: Date;
}

/** The contacts that a person is; in the role `person`. */
@Injectable()
export class PersonContactsStore {
  async count(tx: Transaction, { lane, personId }: PersonKey): Promise<number> {
    const [row] = await tx.rows<{ count: number }>({
      text: 'SELECT count(*) FROM contact WHERE lane = $1 AND person_id = $2',
      values: [lane, personId],
    });
    return row?.count ?? 0;
  }

  /** By business, behind one of them. */
  async page(
    tx: Transaction,
    { lane, personId }: PersonKey,
    afterBusiness: string | null,
    limit: number,
  ): Promise<PersonContact[]> {
    const rows = await tx.rows<{
      id: string;
      business_id: string;
      external_id: string | null;
      created_at: Date;
    }>({
      text: `SELECT id, business_id, external_id, created_at FROM contact
        WHERE lane = $1 AND person_id = $2 AND ($3::uuid IS NULL OR business_id > $3) ORDER BY business_id LIMIT $4`,
      values: [lane, personId, afterBusiness, limit],
    });
    return rows.map(({ id, business_id, external_id, created_at }) => {
      return { id, businessId: business_id, externalId: external_id, createdAt: created_at };
    });
  }
}
