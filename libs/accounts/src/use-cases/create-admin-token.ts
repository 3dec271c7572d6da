import { Injectable } from '@nestjs/common';
import { OPERATOR_LEDGER, plainAct, RecordActs } from '@assent/ledger';
import {
  Database,
  hashSecret,
  KeyRing,
  newSecret,
  publicId,
  type Transaction,
  uuid7,
} from '@assent/platform';
import type { Admin } from '../domain/admin.js';
import { SecondFactorStore } from '../persistence/second-factor.store.js';
import { AdminStore } from '../persistence/admin.store.js';

const TOKEN_MS = 90 * 24 * 60 * 60_000;
const FIRST_NAME = 'First admin';

/** What an admin signs in with. The token is shown this once. */
export interface AdminCredential {
  token: string;
  expiresAt: Date;
}

/** Gives the first owner a token: on the first start, and later to an operator at the server who lost it. */
@Injectable()
export class CreateAdminToken {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly admins: AdminStore,
    private readonly factors: SecondFactorStore,
    private readonly acts: RecordActs,
  ) {}

  /**
   * A new token of the owner who is there longest, who is made where there is none yet. Tokens from before stay valid.
   * @param resetSecondFactor forgets the second factor, for who has lost it and the recovery codes
   */
  async execute({ resetSecondFactor = false } = {}): Promise<AdminCredential> {
    return this.database.transaction({ role: 'gate' }, async (tx) => {
      const first = await this.lockFirst(tx);
      if (first && resetSecondFactor) await this.reset(tx, first.id);
      return this.issue(tx, first ? first.id : await this.makeFirst(tx));
    });
  }

  /** The same, but undefined where there is an admin already. */
  async onlyFirst(): Promise<AdminCredential | undefined> {
    return this.database.transaction({ role: 'gate' }, async (tx) => {
      const first = await this.lockFirst(tx);
      return first ? undefined : this.issue(tx, await this.makeFirst(tx));
    });
  }

  private async lockFirst(tx: Transaction): Promise<Admin | null> {
    await this.admins.lockAll(tx);
    return this.admins.firstOwner(tx);
  }

  private async makeFirst(tx: Transaction): Promise<string> {
    const now = await tx.now();
    const id = uuid7(now.getTime());
    await this.admins.add(tx, {
      id,
      name: FIRST_NAME,
      role: 'OWNER',
      email: null,
      addedBy: null,
      createdAt: now,
      signedInAt: null,
      removedAt: null,
    });
    return id;
  }

  private async reset(tx: Transaction, adminId: string): Promise<void> {
    await this.factors.reset(tx, adminId);
    await this.record(tx, adminId, 'resetSecondFactor');
    await tx.become({ role: 'gate' });
  }

  private async issue(tx: Transaction, adminId: string): Promise<AdminCredential> {
    const token = newSecret('adt');
    const createdAt = await tx.now();
    const expiresAt = new Date(createdAt.getTime() + TOKEN_MS);
    const tokenHash = hashSecret(this.keys, token);
    await this.admins.addToken(tx, { tokenHash, adminId, createdAt, expiresAt, revokedAt: null });
    await this.record(tx, adminId, 'createAdminToken');
    return { token, expiresAt };
  }

  private async record(tx: Transaction, adminId: string, name: string): Promise<void> {
    await this.acts.within(
      tx,
      plainAct({
        ledger: OPERATOR_LEDGER,
        actorKind: 'OPERATOR',
        actorId: null,
        name,
        subjects: [publicId('adm', adminId)],
      }),
    );
  }
}
