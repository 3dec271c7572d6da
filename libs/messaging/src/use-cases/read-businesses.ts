import { Injectable } from '@nestjs/common';
import type { PersonViewer } from '@assent/people';
import { badCursor, Handles, pageSchema, parseInput } from '@assent/platform';
import {
  BusinessesStore,
  type BusinessOfPerson,
  type MessagesOfBusiness,
} from '../persistence/businesses.store.js';

export type { BusinessOfPerson, MessagesOfBusiness };

/** A person reads which businesses have to do with them. */
@Injectable()
export class ReadBusinesses {
  constructor(
    private readonly store: BusinessesStore,
    private readonly handles: Handles,
  ) {}

  /** Newest contact first, one more than `first` where there are more. @throws BadInputError */
  async page(
    viewer: PersonViewer,
    args: { first: number; after?: string | null },
  ): Promise<{ first: number; businesses: BusinessOfPerson[] }> {
    const { first, after } = parseInput(pageSchema, args, 'businesses');
    const before = after ? this.handles.open(`person:${viewer.personId}`, 'ctc', after) : null;
    if (before === undefined) {
      throw badCursor('businesses');
    }
    return { first, businesses: await this.store.page(viewer, before, first + 1) };
  }

  /** What each of these contacts' businesses sent; for `loaderOf`. */
  messages(viewer: PersonViewer, contactIds: readonly string[]): Promise<Map<string, MessagesOfBusiness>> {
    return this.store.messages(viewer, contactIds);
  }
}
