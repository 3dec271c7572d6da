import { Injectable } from '@nestjs/common';
import { Refused } from '../domain/refused.js';
import { AddAdmin } from './add-admin.js';
import { FourEyes } from './four-eyes.js';
import { SetAdminRole } from './set-admin-role.js';

/** What two admins decide about admins. Otherwise one could make themselves a second one, who approves. */
@Injectable()
export class AdminProposals {
  constructor(eyes: FourEyes, add: AddAdmin, setRole: SetAdminRole) {
    eyes.register(
      {
        name: 'addAdmin',
        permission: 'admins:manage',
        run: async (admin, input) => obstacleIn(await add.execute(admin, input)),
      },
      {
        name: 'setAdminRole',
        permission: 'admins:manage',
        run: async (admin, input) => obstacleIn(await setRole.execute(admin, input)),
      },
    );
  }
}

function obstacleIn(outcome: object): string | undefined {
  return outcome instanceof Refused ? outcome.message : undefined;
}
