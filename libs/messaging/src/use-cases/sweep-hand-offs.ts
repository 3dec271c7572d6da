import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import { HandOffRecorder } from '../persistence/hand-off.recorder.js';

/** Gives up what no carrier took in time, and forgets what came of hand-offs after 30 days; for the worker, every minute. */
@Injectable()
export class SweepHandOffs {
  constructor(
    private readonly database: Database,
    private readonly recorder: HandOffRecorder,
  ) {}

  async execute(): Promise<void> {
    await this.database.transaction({ role: 'engine' }, (tx) => this.recorder.sweep(tx));
  }
}
