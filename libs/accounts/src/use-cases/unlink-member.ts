import { Injectable } from '@nestjs/common';
import { Database, parseInput } from '@assent/platform';
import { z } from 'zod';
import type { Refused } from '../domain/refused.js';
import type { BusinessViewer } from '../domain/viewers.js';
import { SignOnStore } from '../persistence/sign-on.store.js';
import { SingleSignOnStore } from '../persistence/single-sign-on.store.js';
import { AskForFreshSession } from './ask-for-fresh-session.js';
import { NotifyOwners } from './notify-owners.js';
import { idRule } from './rules.js';

const schema = z.object({ member: idRule('mem') });

/** An owner takes from one member the account of the identity provider that they sign in by. */
@Injectable()
export class UnlinkMember {
  constructor(
    private readonly database: Database,
    private readonly fresh: AskForFreshSession,
    private readonly connections: SingleSignOnStore,
    private readonly signOns: SignOnStore,
    private readonly owners: NotifyOwners,
  ) {}

  /**
   * Sessions that the provider opened for them end with it. Whoever signs in at the provider with their address next is bound to them,
   * under the rules of the business. Locks: the link, so that no sign-in that is under way opens a session behind it.
   * @returns whether they had an account @throws BadInputError
   */
  async execute(
    viewer: BusinessViewer,
    input: z.input<typeof schema>,
  ): Promise<boolean | Refused<'SIGN_IN_AGAIN'>> {
    const { member } = parseInput(schema, input);
    const { businessId } = viewer;
    return this.database.transaction({ role: 'business', businessId }, async (tx) => {
      const stale = await this.fresh.execute(tx, viewer);
      if (stale) return stale;
      if (!(await this.signOns.unlink(tx, businessId, member))) return false;
      await this.connections.endSessions(tx, businessId, member);
      await this.owners.execute(tx, businessId, UNLINKED);
      return true;
    });
  }
}

const UNLINKED = {
  subject: 'A member was unlinked from single sign-on',
  text: 'An owner of your business unlinked a member from their account at your identity provider. The audit log says which. If nobody of you did, sign in by a code and look at your members.',
};
