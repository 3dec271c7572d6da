import { Injectable } from '@nestjs/common';
import { Database, type PageArgs, readPage } from '@assent/platform';
import type { RequestOfBusiness } from '../domain/verification.js';
import { VerificationStore } from '../persistence/verification.store.js';

/** Lists the requests to be verified that nobody has decided yet, oldest first. */
@Injectable()
export class ReadVerificationQueue {
  constructor(
    private readonly database: Database,
    private readonly verifications: VerificationStore,
  ) {}

  /** One request more than a page holds, if there is one. */
  async execute(args: PageArgs): Promise<RequestOfBusiness[]> {
    const { first, after } = readPage('verificationQueue', 'ver', args);
    return this.database.transaction({ role: 'admin' }, (tx) => this.verifications.queue(tx, first, after));
  }
}
