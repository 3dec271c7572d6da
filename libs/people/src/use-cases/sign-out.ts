import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import type { PersonViewer } from '../domain/person-viewer.js';
import { SessionStore } from '../persistence/session.store.js';

/** Ends the session that asks. */
@Injectable()
export class SignOutPerson {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionStore,
  ) {}

  async execute({ personId, tokenHash }: PersonViewer): Promise<void> {
    await this.database.transaction({ role: 'person', personId }, (tx) =>
      this.sessions.close(tx, Buffer.from(tokenHash)),
    );
  }
}
