import { Controller } from '@nestjs/common';
import { PublicLog } from '@assent/ledger';
import { ReadLog } from '../../use-cases/read-log.js';

/** The consent log in public. */
@Controller('consent-log')
export class ConsentLogController extends PublicLog {
  constructor(protected readonly log: ReadLog) {
    super();
  }
}
