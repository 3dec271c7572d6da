import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Transaction, uuid7 } from '@assent/platform';
import { type Act, canonicalAct } from '../domain/act.js';
import { AuditStore } from '../persistence/audit.store.js';
import { chainHash } from '../persistence/hashes.js';

const SALT_BYTES = 32;

/** Writes acts into the audit log. */
@Injectable()
export class RecordActs {
  constructor(
    private readonly database: Database,
    private readonly store: AuditStore,
  ) {}

  /** Records an act in the transaction that it is done in, as the last thing of it: the transaction goes on as `engine`. */
  async within(tx: Transaction, act: Act): Promise<void> {
    await tx.become({ role: 'engine' });
    const { now: at, seq, hash: previousHash } = await this.store.lockEnd(tx, act.ledger);
    const record = { ...act, at, id: uuid7(at.getTime()), seq: seq + 1 };
    const salt = randomBytes(SALT_BYTES);
    const hash = chainHash(previousHash, salt, canonicalAct(record));
    await this.store.add(tx, { ...record, salt, previousHash, hash });
  }

  /** Records what has changed nothing, such as a refusal. */
  async alone(act: Act): Promise<void> {
    await this.database.transaction({ role: 'engine' }, (tx) => this.within(tx, act));
  }
}
