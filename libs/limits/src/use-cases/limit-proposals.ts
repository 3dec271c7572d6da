import { Injectable } from '@nestjs/common';
import { FourEyes, Refused } from '@assent/accounts';
import { AppealRestriction } from './appeal-restriction.js';
import { EndLimitOverride } from './end-limit-override.js';
import { ImposeRestriction } from './impose-restriction.js';
import { SetLimitOverride } from './set-limit-override.js';
import { SetReachTier } from './set-reach-tier.js';

/** What two admins decide about a business: that it may send more, or again. */
@Injectable()
export class LimitProposals {
  constructor(
    eyes: FourEyes,
    set: SetLimitOverride,
    end: EndLimitOverride,
    setTier: SetReachTier,
    restrictions: ImposeRestriction,
    appeals: AppealRestriction,
  ) {
    eyes.register(
      {
        name: 'setLimitOverride',
        permission: 'limits:manage',
        run: async (admin, input) =>
          obstacleIn(await set.execute(admin, { ...input, endsAt: new Date(String(input['endsAt'])) })),
      },
      {
        name: 'endLimitOverride',
        permission: 'limits:manage',
        run: async (admin, input) => obstacleIn(await end.execute(admin, input)),
      },
      {
        name: 'setReachTier',
        permission: 'limits:manage',
        run: async (admin, input) => obstacleIn(await setTier.execute(admin, input)),
      },
      {
        name: 'liftRestriction',
        permission: 'restrictions:manage',
        run: async (admin, input) => obstacleIn(await restrictions.lift(admin, input)),
      },
      {
        name: 'decideRestrictionAppeal',
        permission: 'reviews:decide',
        run: async (admin, input) => obstacleIn(await appeals.decide(admin, input)),
      },
    );
  }
}

function obstacleIn(outcome: object): string | undefined {
  return outcome instanceof Refused ? outcome.message : undefined;
}
