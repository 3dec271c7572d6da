import { Injectable } from '@nestjs/common';
import { PublishedLog } from '@assent/ledger';
import { Database } from '@assent/platform';
import { ConsentLogStore } from '../persistence/consent-log.store.js';
import { LogSigner } from '../persistence/log-signer.js';

/** What everybody may read of the consent log. */
@Injectable()
export class ReadLog extends PublishedLog {
  // eslint-disable-next-line @typescript-eslint/no-useless-constructor -- Nest injects by the types of a class's own
  constructor(database: Database, store: ConsentLogStore, signer: LogSigner) {
    super(database, store, signer);
  }
}
