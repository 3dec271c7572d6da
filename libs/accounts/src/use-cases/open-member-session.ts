import { Injectable } from '@nestjs/common';
import { plainAct, RecordActs } from '@assent/ledger';
import { hashSecret, KeyRing, newSecret, publicId, type Transaction } from '@assent/platform';
import { type MemberRole, permissionsOfRole } from '../domain/permissions.js';
import { BusinessViewer } from '../domain/viewers.js';
import { MemberStore } from '../persistence/member.store.js';

/** How long a session of a member or an admin lasts. */
export const SESSION_MS = 12 * 60 * 60_000;

/** A session that was opened. The token is shown this once. */
export interface OpenedSession {
  token: string;
  expiresAt: Date;
  viewer: BusinessViewer;
}

/** Opens the session of a member who proved who they are, whichever way, and puts it on record. */
@Injectable()
export class OpenMemberSession {
  constructor(
    private readonly keys: KeyRing,
    private readonly members: MemberStore,
    private readonly acts: RecordActs,
  ) {}

  /** In the role `gate`. @param by the operation that opens it, as the audit log names it */
  async execute(
    tx: Transaction,
    { id: memberId, businessId, role }: { id: string; businessId: string; role: MemberRole },
    now: Date,
    by: 'signIn' | 'completeSingleSignOn',
  ): Promise<OpenedSession> {
    const token = newSecret('mst');
    const tokenHash = hashSecret(this.keys, token);
    const expiresAt = new Date(now.getTime() + SESSION_MS);
    await this.members.openSession(tx, {
      tokenHash,
      memberId,
      businessId,
      createdAt: now,
      expiresAt,
      signedOn: by === 'completeSingleSignOn',
    });
    const viewer = new BusinessViewer(
      businessId,
      { memberId, sessionHash: tokenHash },
      permissionsOfRole(role),
    );
    const subjects = [publicId('mem', memberId)];
    await this.acts.within(
      tx,
      plainAct({ ledger: businessId, actorKind: 'MEMBER', actorId: memberId, name: by, subjects }),
    );
    return { token, expiresAt, viewer };
  }
}
