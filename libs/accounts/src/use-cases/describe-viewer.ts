import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import type { ApiKey } from '../domain/api-key.js';
import type { ApiMode } from '../domain/api-mode.js';
import type { Business } from '../domain/business.js';
import type { Member } from '../domain/member.js';
import type { Verification } from '../domain/verification.js';
import type { BusinessViewer } from '../domain/viewers.js';
import { ApiKeyStore } from '../persistence/api-key.store.js';
import { BusinessStore } from '../persistence/business.store.js';
import { MemberStore } from '../persistence/member.store.js';
import { VerificationStore } from '../persistence/verification.store.js';

/** A business as itself sees it, with its newest request to be verified. */
export interface OwnBusiness {
  business: Business;
  verification: Verification | null;
}

/** Who asks, for which business, and what they may do. */
export interface ViewerDescription extends OwnBusiness {
  mode: ApiMode;
  member: Member | null;
  apiKey: ApiKey | null;
  permissions: string[];
}

/** Tells a viewer of the business API who they are. */
@Injectable()
export class DescribeViewer {
  constructor(
    private readonly database: Database,
    private readonly businesses: BusinessStore,
    private readonly members: MemberStore,
    private readonly apiKeys: ApiKeyStore,
    private readonly verifications: VerificationStore,
  ) {}

  /** In test mode too the business itself, and not its sandbox. */
  async execute({ account, mode, actor, permissions }: BusinessViewer): Promise<ViewerDescription> {
    const businessId = account.id;
    return this.database.transaction({ role: 'business', businessId }, async (tx) => {
      const [business, verification, member, apiKey] = await Promise.all([
        this.businesses.byId(tx, businessId),
        this.verifications.latest(tx, businessId),
        'memberId' in actor ? this.members.byId(tx, businessId, actor.memberId) : null,
        'apiKeyId' in actor ? this.apiKeys.byId(tx, businessId, actor.apiKeyId) : null,
      ]);
      return { mode, business, verification, member, apiKey, permissions: [...permissions].sort() };
    });
  }
}
