import { Injectable } from '@nestjs/common';
import { FourEyes } from '@assent/accounts';
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
        run: (admin, input) => set.execute(admin, { ...input, endsAt: new Date(input['endsAt'] as string) }),
      },
      {
        name: 'endLimitOverride',
        permission: 'limits:manage',
        run: (admin, input) => end.execute(admin, input),
      },
      {
        name: 'setReachTier',
        permission: 'limits:manage',
        run: (admin, input) => setTier.execute(admin, input),
      },
      {
        name: 'imposeRestriction',
        permission: 'restrictions:manage',
        run: (admin, input) => restrictions.execute(admin, input),
      },
      {
        name: 'liftRestriction',
        permission: 'restrictions:manage',
        run: (admin, input) => restrictions.lift(admin, input),
      },
      {
        name: 'decideRestrictionAppeal',
        permission: 'reviews:decide',
        run: (admin, input) => appeals.decide(admin, input),
      },
    );
  }
}
