import { Injectable } from '@nestjs/common';
import { BusinessProfiles, type Profile } from '@assent/accounts';
import type { PersonViewer } from '@assent/people';
import {
  BadInputError,
  Database,
  follow,
  Handles,
  Hints,
  pageSchema,
  parseInput,
  type Transaction,
} from '@assent/platform';
import { z } from 'zod';
import { NoticeStore, type StoredNotice } from '../persistence/notice.store.js';

const FOLLOWED_AT_ONCE = 100;

const markSchema = z.object({
  notices: z
    .array(z.string().max(60, 'must be the id of a notice'))
    .min(1, 'must hold 1 to 500 ids')
    .max(500, 'must hold 1 to 500 ids'),
});

/** A notice with the business that it is about, as that is called now. */
export interface ToldNotice extends StoredNotice {
  business: Profile | null;
}

/**
 * A person reads and follows what the platform told them. `kinds` are those that this process can show: during a rolling
 * upgrade there may be others.
 */
@Injectable()
export class ReadNotices {
  constructor(
    private readonly database: Database,
    private readonly store: NoticeStore,
    private readonly profiles: BusinessProfiles,
    private readonly handles: Handles,
    private readonly hints: Hints,
  ) {}

  /** Newest first, one more than `first` where there are more. @throws BadInputError */
  async page(
    viewer: PersonViewer,
    kinds: readonly string[],
    args: { first: number; after?: string | null },
  ): Promise<{ first: number; notices: ToldNotice[] }> {
    const { first, after } = parseInput(pageSchema, args, 'notices');
    const before = parseCursor(after, 'notices.after');
    const notices = await this.as(viewer, (tx) => this.store.before(tx, viewer, kinds, before, first + 1));
    return { first, notices: await this.withBusinesses(notices) };
  }

  /** Every notice after a cursor, or from now on; missing none and repeating none. @throws BadInputError */
  async follow(
    viewer: PersonViewer,
    kinds: readonly string[],
    after: string | null | undefined,
  ): Promise<AsyncGenerator<ToldNotice, void>> {
    const from =
      parseCursor(after, 'noticeReceived.after') ??
      (await this.as(viewer, (tx) => this.store.newest(tx, viewer)));
    return follow(this.hints, `person:${viewer.personId}`, from, async (seq) => {
      const notices = await this.as(viewer, (tx) =>
        this.store.after(tx, viewer, kinds, seq, FOLLOWED_AT_ONCE),
      );
      return { items: await this.withBusinesses(notices), cursor: notices.at(-1)?.seq ?? seq };
    });
  }

  /** Notes that notices were read. @returns handles of those that were unread until now @throws BadInputError */
  async markRead(viewer: PersonViewer, input: unknown): Promise<string[]> {
    const { notices } = parseInput(markSchema, input);
    const audience = `person:${viewer.personId}`;
    const ids = notices.map((handle, at) => {
      const id = this.handles.open(audience, 'ntc', handle);
      if (!id)
        throw new BadInputError([{ field: `input.notices[${at}]`, rule: 'must be the id of a notice' }]);
      return id;
    });
    const read = await this.as(viewer, (tx) => this.store.markRead(tx, viewer, [...new Set(ids)]));
    return read.map((id) => this.handles.seal(audience, 'ntc', id));
  }

  private async withBusinesses(notices: StoredNotice[]): Promise<ToldNotice[]> {
    const ids = new Set(notices.flatMap(({ businessId }) => businessId ?? []));
    const profiles = ids.size > 0 ? await this.profiles.byIds([...ids]) : new Map<string, Profile>();
    return notices.map((notice) => ({
      ...notice,
      business: (notice.businessId && profiles.get(notice.businessId)) || null,
    }));
  }

  private as<Result>(
    { personId }: PersonViewer,
    work: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    return this.database.transaction({ role: 'person', personId }, work);
  }
}

function parseCursor(cursor: string | null | undefined, field: string): number | null {
  if (cursor === null || cursor === undefined) return null;
  if (!/^\d{1,15}$/.test(cursor))
    throw new BadInputError([{ field, rule: 'must be a cursor of your notices' }]);
  return Number(cursor);
}
