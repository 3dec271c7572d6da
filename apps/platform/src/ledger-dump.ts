import { ConsentLogModule, DumpLedger } from '@assent/consent';
import { writeDump } from './write-dump.js';

await writeDump('assent-ledger-dump', ConsentLogModule, DumpLedger, 'of the ledger');
