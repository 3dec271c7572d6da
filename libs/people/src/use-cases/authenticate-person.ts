import { Injectable } from '@nestjs/common';
import {
  type Authenticator,
  Database,
  Gatherer,
  hashSecret,
  KeyRing,
  looksLikeSecret,
} from '@assent/platform';
import { PersonViewer } from '../domain/person-viewer.js';
import { SessionStore } from '../persistence/session.store.js';

/** Tells which person presents a session's token. */
@Injectable()
export class AuthenticatePerson implements Authenticator {
  private readonly gatherer = new Gatherer((hashes: Buffer[]) => this.lookUp(hashes), {
    batch: 500,
    parallel: 4,
  });

  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly sessions: SessionStore,
  ) {}

  async authenticate(authorization: string): Promise<PersonViewer | undefined> {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (!token || !looksLikeSecret('pst', token)) return undefined;
    return this.gatherer.add(hashSecret(this.keys, token));
  }

  /** Requests that arrive together share one look-up. */
  private async lookUp(hashes: Buffer[]): Promise<(PersonViewer | undefined)[]> {
    const sessions = await this.database.transaction({ role: 'gate' }, (tx) =>
      this.sessions.valid(tx, hashes),
    );
    const viewers = new Map(
      sessions.map(({ tokenHash, lane, personId }) => [
        tokenHash.toString('base64'),
        new PersonViewer(lane, personId, tokenHash),
      ]),
    );
    return hashes.map((hash) => viewers.get(hash.toString('base64')));
  }
}
