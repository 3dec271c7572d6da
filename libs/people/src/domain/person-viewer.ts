/** A person, as authenticated by a session of one of their apps. */
export class PersonViewer {
  readonly audience = 'person';

  constructor(
    readonly lane: number,
    readonly personId: string,
    /** Which session: what is stored of its token. */
    readonly tokenHash: Uint8Array,
  ) {}

  may(permission: string): boolean {
    return permission === 'person';
  }
}
