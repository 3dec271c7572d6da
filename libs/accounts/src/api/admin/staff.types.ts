import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionType, publicId, Refusal, resultUnion } from '@assent/platform';
import type { Admin as StoredAdmin } from '../../domain/admin.js';
import { AdminRole } from '../enums.js';
import { ApprovalNeeded } from './proposal.types.js';

@ObjectType({ description: "One of the operator's staff." })
export class Admin {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => AdminRole)
  role!: AdminRole;

  @Field(() => String, {
    nullable: true,
    description:
      'Where their sign-in codes are sent; null: the first admin, whose tokens are made at the server.',
  })
  email!: string | null;

  @Field(() => ID, { nullable: true, description: 'The admin who added them; null: the first admin.' })
  addedBy!: string | null;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When they first signed in; null: never yet.',
  })
  signedInAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null: they are an admin.' })
  removedAt!: Date | null;
}

@ObjectType({ description: 'A page of admins, oldest first.' })
export class AdminConnection extends connectionType(Admin, 'AdminConnection') {}

@InputType()
export class AddAdminInput {
  @Field(() => String, { description: 'Where their sign-in codes are sent.' })
  email!: string;

  @Field(() => String, { description: '1 to 120 characters.' })
  name!: string;

  @Field(() => AdminRole)
  role!: AdminRole;
}

@InputType()
export class SetAdminRoleInput {
  @Field(() => ID, { description: 'The admin, `adm_…`.' })
  admin!: string;

  @Field(() => AdminRole)
  role!: AdminRole;
}

@InputType()
export class RemoveAdminInput {
  @Field(() => ID, { description: 'The admin, `adm_…`.' })
  admin!: string;
}

@ObjectType()
export class AdminPayload {
  @Field(() => Admin)
  admin!: Admin;
}

@ObjectType({
  implements: () => Refusal,
  description:
    '`ADMIN_EXISTS`: the address is an admin’s. `ADMIN_NOT_FOUND`: there is none with that id. `LAST_OWNER`: nobody could manage admins any more. `ROLE_NOT_ENOUGH`: your role was changed meanwhile.',
})
export class AdminChangeRefused extends Refusal {}

export const AdminResult = resultUnion('AdminResult', [AdminPayload, AdminChangeRefused, ApprovalNeeded]);

@InputType()
export class RequestAdminSignInCodeInput {
  @Field(() => String)
  email!: string;
}

@ObjectType()
export class RequestAdminSignInCodePayload {
  @Field(() => GraphQLISODateTime, { description: 'When a code that was sent now ends.' })
  codeExpiresAt!: Date;
}

@ObjectType({
  implements: () => Refusal,
  description:
    '`TOO_MANY_CODES`: five codes were sent to this address in the last 10 minutes. `TOO_MANY_ATTEMPTS`: five wrong codes were entered for it.',
})
export class AdminSignInCodeRefused extends Refusal {}

export const RequestAdminSignInCodeResult = resultUnion('RequestAdminSignInCodeResult', [
  RequestAdminSignInCodePayload,
  AdminSignInCodeRefused,
]);

@InputType()
export class SignInAdminInput {
  @Field(() => String)
  email!: string;

  @Field(() => String, { description: 'The six digits that were sent.' })
  code!: string;
}

@ObjectType()
export class SignInAdminPayload {
  @Field(() => String, { description: 'Send it as `Authorization: Bearer …`. It is shown only here.' })
  token!: string;

  @Field(() => GraphQLISODateTime, { description: 'When the session ends: 12 hours from now.' })
  expiresAt!: Date;

  @Field(() => Admin)
  admin!: Admin;
}

@ObjectType({
  implements: () => Refusal,
  description:
    '`CODE_INVALID`: wrong, expired, used, or never sent. `TOO_MANY_ATTEMPTS`: five wrong codes were entered; ask for a new one at `retryAt`.',
})
export class SignInAdminRefused extends Refusal {}

export const SignInAdminResult = resultUnion('SignInAdminResult', [SignInAdminPayload, SignInAdminRefused]);

export function toAdmin({ id, addedBy, ...admin }: StoredAdmin): Admin {
  return { ...admin, id: publicId('adm', id), addedBy: addedBy && publicId('adm', addedBy) };
}

@ObjectType()
export class AdminSignOutPayload {
  @Field(() => Boolean)
  signedOut!: boolean;
}

@ObjectType()
export class EndOtherSessionsPayload {
  @Field(() => Int, { description: 'How many were open.' })
  ended!: number;
}
