import { Injectable } from '@nestjs/common';
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
        run: (admin, input) => add.execute(admin, input),
      },
      {
        name: 'setAdminRole',
        permission: 'admins:manage',
        run: (admin, input) => setRole.execute(admin, input),
      },
    );
  }
}
