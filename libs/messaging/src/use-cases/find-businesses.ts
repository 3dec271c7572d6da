import { Injectable } from '@nestjs/common';
import { BusinessProfiles, type Profile } from '@assent/accounts';
import type { PersonViewer } from '@assent/people';
import { parsePublicId } from '@assent/platform';
import { BusinessesStore } from '../persistence/businesses.store.js';

/** A person looks for businesses to write to. */
@Injectable()
export class FindBusinesses {
  constructor(
    private readonly profiles: BusinessProfiles,
    private readonly store: BusinessesStore,
  ) {}

  /** Verified ones whose name begins so, by name, one more than `first` where there are more. @throws BadInputError */
  byName(
    search: string,
    page: { first: number; after?: string | null },
  ): Promise<{ first: number; profiles: Profile[] }> {
    return this.profiles.byName(search, page);
  }

  /**
   * The one that has an id. Who is not verified is answered as who is not there, but to people whom it has as a contact: they
   * read who it is wherever it has to do with them.
   */
  async byHandle(viewer: PersonViewer, handle: string): Promise<Profile | null> {
    const id = parsePublicId('biz', handle);
    const profile = id && (await this.profiles.byIds([id])).get(id);
    if (!profile) return null;
    return profile.verified || (await this.store.knows(viewer, id)) ? profile : null;
  }
}
