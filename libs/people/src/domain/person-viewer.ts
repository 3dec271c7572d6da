/** A person, as authenticated by a session of one of their apps. */
export class PersonViewer {
  readonly audience = 'person';
  /** Whose budget of requests this is. */
  readonly subject: { kind: 'person'; id: string };

  constructor(
    readonly lane: number,
    readonly personId: string,
    /** Which session: what is stored of its token. */
    readonly tokenHash: Uint8Array,
  ) {
    this.subject = { kind: 'person', id: personId };
  }

  may(permission: string): boolean {
    return permission === 'person';
  }
}
