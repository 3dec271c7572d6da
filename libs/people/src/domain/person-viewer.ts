/** A person, as authenticated by a session of one of their apps. */
export class PersonViewer {
  readonly audience = 'person';

  constructor(
    readonly lane: number,
    readonly personId: string,
  ) {}

  may(permission: string): boolean {
    return permission === 'person';
  }
}
