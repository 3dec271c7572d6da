import { Module } from '@nestjs/common';
import { ConsentLogStore } from './persistence/consent-log.store.js';
import { LedgerCheckStore } from './persistence/ledger-check.store.js';
import { LogSigner } from './persistence/log-signer.js';
import { CheckLedger } from './use-cases/check-ledger.js';
import { DumpLedger } from './use-cases/dump-ledger.js';
import { ExtendLog } from './use-cases/extend-log.js';
import { ProveErasure } from './use-cases/prove-erasure.js';
import { ReadLog } from './use-cases/read-log.js';

/** The log over all persons' ledgers; it changes nobody's consent, so it stands without the libraries above. */
@Module({
  providers: [
    CheckLedger,
    ConsentLogStore,
    DumpLedger,
    ExtendLog,
    LedgerCheckStore,
    LogSigner,
    ProveErasure,
    ReadLog,
  ],
  exports: [CheckLedger, ConsentLogStore, DumpLedger, ExtendLog, LogSigner, ProveErasure, ReadLog],
})
export class ConsentLogModule {}
