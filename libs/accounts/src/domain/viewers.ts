/** A member or an API key of a business, as authenticated. */
export class BusinessViewer {
  readonly audience = 'business';

  constructor(
    readonly businessId: string,
    /** Who acts: a member, or an API key. */
    readonly actor: { memberId: string } | { apiKeyId: string },
    private readonly permissions: ReadonlySet<string>,
  ) {}

  may(permission: string): boolean {
    return this.permissions.has(permission);
  }
}

/** One of the operator's staff. */
export class AdminViewer {
  readonly audience = 'admin';

  constructor(readonly adminId: string) {}

  may(permission: string): boolean {
    return permission === 'admin';
  }
}
