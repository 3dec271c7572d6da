import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Cost,
  CurrentViewer,
  Idempotent,
  PageArgs,
  Permission,
  Public,
  publicId,
  toConnection,
} from '@assent/platform';
import type { Admin as StoredAdmin } from '../../domain/admin.js';
import { NeedsApproval } from '../../domain/proposal.js';
import { Refused } from '../../domain/refused.js';
import { AdminViewer } from '../../domain/viewers.js';
import { AddAdmin } from '../../use-cases/add-admin.js';
import { EndAdminSessions } from '../../use-cases/end-admin-sessions.js';
import { ReadAdmin } from '../../use-cases/read-admin.js';
import { RemoveAdmin } from '../../use-cases/remove-admin.js';
import { RequestAdminSignInCode } from '../../use-cases/request-admin-sign-in-code.js';
import { SetAdminRole } from '../../use-cases/set-admin-role.js';
import { SignInAdmin } from '../../use-cases/sign-in-admin.js';
import { toRefusal } from '../refusals.js';
import { toApprovalNeeded } from './proposal.types.js';
import {
  AddAdminInput,
  AdminChangeRefused,
  AdminConnection,
  AdminPayload,
  AdminResult,
  AdminSignInCodeRefused,
  AdminSignOutPayload,
  EndOtherSessionsPayload,
  RemoveAdminInput,
  RequestAdminSignInCodeInput,
  RequestAdminSignInCodePayload,
  RequestAdminSignInCodeResult,
  SetAdminRoleInput,
  SignInAdminInput,
  SignInAdminPayload,
  SignInAdminRefused,
  SignInAdminResult,
  toAdmin,
} from './staff.types.js';

/** Who the operator's staff are, and how they sign in. */
@Resolver()
export class StaffResolver {
  constructor(
    private readonly read: ReadAdmin,
    private readonly add: AddAdmin,
    private readonly setRole: SetAdminRole,
    private readonly remove: RemoveAdmin,
    private readonly codes: RequestAdminSignInCode,
    private readonly sessions: SignInAdmin,
    private readonly ending: EndAdminSessions,
  ) {}

  @Permission('admins:read')
  @Query(() => AdminConnection, {
    description: 'The operator’s staff, oldest first, also those who were removed.',
  })
  async admins(@Args() page: PageArgs): Promise<AdminConnection> {
    return toConnection(await this.read.page(page), page.first, toAdmin, ({ id }) => publicId('adm', id));
  }

  @Permission('admins:manage')
  @Idempotent()
  @Mutation(() => AdminResult, {
    description:
      'Makes somebody an admin and mails them a sign-in code. Two admins decide it. Refusals: `ADMIN_EXISTS`, `ROLE_NOT_ENOUGH`, `APPROVAL_NEEDED`.',
  })
  async addAdmin(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: AddAdminInput,
  ): Promise<typeof AdminResult> {
    return toResult(await this.add.execute(viewer, input));
  }

  @Permission('admins:manage')
  @Mutation(() => AdminResult, {
    description:
      'Gives an admin another role, for every request that begins after it. Of two owners who demote each other at once, one stays. Two admins decide where it may do something that the one before may not. Refusals: `ADMIN_NOT_FOUND`, `LAST_OWNER`, `ROLE_NOT_ENOUGH`, `APPROVAL_NEEDED`.',
  })
  async setAdminRole(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: SetAdminRoleInput,
  ): Promise<typeof AdminResult> {
    return toResult(await this.setRole.execute(viewer, input));
  }

  @Permission('admins:manage')
  @Mutation(() => AdminResult, {
    description:
      'Ends an admin: all sessions and the second factor, at once. Refusals: `ADMIN_NOT_FOUND`, `LAST_OWNER`, `ROLE_NOT_ENOUGH`.',
  })
  async removeAdmin(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: RemoveAdminInput,
  ): Promise<typeof AdminResult> {
    return toResult(await this.remove.execute(viewer, input));
  }

  @Public()
  @Cost({ base: 50 })
  @Mutation(() => RequestAdminSignInCodeResult, {
    description:
      "Sends an admin a code of six digits by e-mail; it works once, for 10 minutes, in place of the one before. An address that is nobody's gets the same answer, and no mail. At most 5 codes an address in 10 minutes. Refusals: `TOO_MANY_CODES`, `TOO_MANY_ATTEMPTS`.",
  })
  async requestAdminSignInCode(
    @Args('input') input: RequestAdminSignInCodeInput,
  ): Promise<typeof RequestAdminSignInCodeResult> {
    const outcome = await this.codes.execute(input);
    if (outcome instanceof Refused) return toRefusal(AdminSignInCodeRefused, outcome);
    return Object.assign(new RequestAdminSignInCodePayload(), outcome);
  }

  @Public()
  @Cost({ base: 50 })
  @Mutation(() => SignInAdminResult, {
    description:
      'Opens a session of 12 hours with a code that was sent; where a second factor is asked for, it begins with `enrolSecondFactor` or `giveSecondFactor`. Five wrong codes use the code up. Refusals: `CODE_INVALID`, `TOO_MANY_ATTEMPTS`.',
  })
  async signInAdmin(@Args('input') input: SignInAdminInput): Promise<typeof SignInAdminResult> {
    const outcome = await this.sessions.execute(input);
    if (outcome instanceof Refused) return toRefusal(SignInAdminRefused, outcome);
    const { token, expiresAt, admin } = outcome;
    return Object.assign(new SignInAdminPayload(), { token, expiresAt, admin: toAdmin(admin) });
  }

  @Permission('admin:self')
  @Mutation(() => AdminSignOutPayload, {
    description: 'Ends the session that asks; its token is refused from now on.',
  })
  async signOut(@CurrentViewer() viewer: AdminViewer): Promise<AdminSignOutPayload> {
    await this.ending.own(viewer);
    return { signedOut: true };
  }

  @Permission('admin:self')
  @Mutation(() => EndOtherSessionsPayload, {
    description:
      'Ends all your sessions but the one that asks, at once: for a token that somebody else may have. The token of the server, by which the first admin came, is one of them.',
  })
  async endOtherSessions(@CurrentViewer() viewer: AdminViewer): Promise<EndOtherSessionsPayload> {
    return { ended: await this.ending.others(viewer) };
  }
}

function toResult(outcome: StoredAdmin | Refused): typeof AdminResult {
  if (outcome instanceof NeedsApproval) return toApprovalNeeded(outcome);
  if (outcome instanceof Refused) return toRefusal(AdminChangeRefused, outcome);
  return Object.assign(new AdminPayload(), { admin: toAdmin(outcome) });
}
