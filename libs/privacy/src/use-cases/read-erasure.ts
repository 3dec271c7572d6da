import { Injectable } from '@nestjs/common';
import { Database, hashSecret, KeyRing, looksLikeSecret } from '@assent/platform';
import type { Erasure } from '../domain/erasure.js';
import { ErasureStore } from '../persistence/erasure.store.js';

/** Tells whoever holds the token of an erasure how far it is: there is nobody left who could sign in to ask. */
@Injectable()
export class ReadErasure {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly erasures: ErasureStore,
  ) {}

  /** Undefined where the token is none. */
  async execute(token: string): Promise<Erasure | undefined> {
    if (!looksLikeSecret('ert', token)) return undefined;
    return this.database.transaction({ role: 'gate' }, (tx) =>
      this.erasures.byToken(tx, hashSecret(this.keys, token)),
    );
  }
}
