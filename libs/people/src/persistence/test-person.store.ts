import { Injectable } from '@nestjs/common';
import type { PersonKey, Transaction } from '@assent/platform';
import { numberWithoutSandbox } from '../domain/test-number.js';
import { PhoneSeal } from './phone-seal.js';

/** The people behind test numbers. In the role `gate`. */
@Injectable()
export class TestPersonStore {
  constructor(private readonly seal: PhoneSeal) {}

  /** The test number of a person, E.164; undefined where they are a real person, or gone. */
  async numberOf(tx: Transaction, { lane, personId }: PersonKey): Promise<string | undefined> {
    const [row] = await tx.rows<{ phone_sealed: Buffer }>({
      text: `SELECT n.phone_sealed FROM person p JOIN person_number n ON n.lane = p.lane AND n.person_id = p.id
        WHERE p.lane = $1 AND p.id = $2 AND p.sandbox_id IS NOT NULL`,
      values: [lane, personId],
    });
    return row && numberWithoutSandbox(this.seal.open(personId, row.phone_sealed));
  }

  /** Some of the people of a sandbox. */
  async some(tx: Transaction, sandboxId: string, limit: number): Promise<PersonKey[]> {
    const rows = await tx.rows<{ lane: number; id: string }>({
      text: 'SELECT lane, id FROM person WHERE sandbox_id = $1 ORDER BY id LIMIT $2',
      values: [sandboxId, limit],
    });
    return rows.map(({ lane, id }) => ({ lane, personId: id }));
  }
}
