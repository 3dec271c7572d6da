import { Injectable } from '@nestjs/common';
import { IdentityStore } from '@assent/accounts';
import type { Transaction } from '@assent/platform';
import { hidesWhereItLeads } from '../domain/review/hint.js';
import { SendingTemplatesStore } from '../persistence/sending-templates.store.js';

/** So many of the templates of a business are looked at, those first that were approved last. */
const MOST = 100;

/** What the templates of a business that send lead to. */
export interface HiddenLinks {
  /** The share of them whose hint to their reviewer has a shortener or a look-alike domain, 0–1. */
  share: number;
  /** When the newest of those was approved; null: there is none. */
  newestAt: Date | null;
}

/** For other libraries: how many templates of a business hide where their links lead, within a transaction of theirs. */
@Injectable()
export class FindHiddenLinks {
  constructor(
    private readonly templates: SendingTemplatesStore,
    private readonly identities: IdentityStore,
  ) {}

  /** In the role `engine`. */
  async execute(tx: Transaction, businessId: string): Promise<HiddenLinks> {
    const sending = await this.templates.approvedLast(tx, businessId, MOST);
    if (sending.length === 0) return { share: 0, newestAt: null };
    const [contents, identities] = await Promise.all([
      this.templates.versions(
        tx,
        sending.map(({ versionId }) => versionId),
      ),
      this.identities.byIds(tx, [businessId]),
    ]);
    const business = identities.get(businessId) ?? { displayName: '', legalName: null, hostname: null };
    const hiding = new Set(
      contents.filter((content) => hidesWhereItLeads(content, business)).map(({ id }) => id),
    );
    const newest = sending.find(({ versionId }) => hiding.has(versionId));
    return { share: hiding.size / sending.length, newestAt: newest?.approvedAt ?? null };
  }
}
