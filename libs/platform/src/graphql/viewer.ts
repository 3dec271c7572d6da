import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import { GraphQLError } from 'graphql';
import type { Subject } from '../requests/subject.js';

/** Who is asking, as authenticated from the request; never from an argument. */
export interface Viewer {
  readonly audience: Audience;
  /** Whose budget of requests this viewer uses. */
  readonly subject: Subject;
  /** In whose chain of the audit log is what this viewer does: a business's UUID, or the operator's. None: it is in no chain. */
  readonly ledgerId?: string;
  /** Whether this viewer has a permission of its audience's table. */
  may(permission: string): boolean;
  /** What this viewer's session has to prove first, where that is all that is missing. */
  lacks?(permission: string): { code: string; message: string } | undefined;
}

/** Whose API it is. */
export type Audience = 'business' | 'person' | 'admin';

/** What every resolver of one operation shares. */
export interface RequestContext {
  viewer: Viewer | undefined;
  /** Address of the client, for limits; from the socket, or from a trusted proxy. */
  ip: string;
  /** Whose budget the operation is taken from: the viewer's, or the address's where there is none. */
  subject: Subject;
  /** Mutations of the operation that answered as an earlier request did, by the names that the client gave them. */
  replayed?: readonly string[];
}

const PERMISSION = 'assent:permission';
const PUBLIC = Symbol('public');

/** Declares which permission an operation needs. An operation that declares nothing is refused to everyone. */
export const Permission = (permission: string) => SetMetadata(PERMISSION, permission);

/** Declares that an operation needs no viewer: signing in, registering. */
export const Public = () => SetMetadata(PERMISSION, PUBLIC);

/** Who may use an operation. */
export type Access = 'public' | { permission: string };

/** What a resolver's method declares; undefined: nothing, so that nobody may. */
export function accessOf(handler: object): Access | undefined {
  const declared = Reflect.getMetadata(PERMISSION, handler) as string | symbol | undefined;
  if (declared === PUBLIC) return 'public';
  return typeof declared === 'string' ? { permission: declared } : undefined;
}

/** The authenticated viewer; only on operations that declare a permission. */
export const CurrentViewer = createParamDecorator(
  (_: unknown, context: ExecutionContext) => contextOf(context).viewer,
);

/** Address of the client. */
export const ClientAddress = createParamDecorator(
  (_: unknown, context: ExecutionContext) => contextOf(context).ip,
);

/** Lets an operation run only with the permission that it declares. */
@Injectable()
export class PermissionGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.getType<GqlContextType>() !== 'graphql') return true;
    const access = accessOf(context.getHandler());
    if (access === 'public') return true;
    const { viewer } = contextOf(context);
    if (!viewer) throw unauthenticated();
    const lack = access && viewer.lacks?.(access.permission);
    if (lack) throw new GraphQLError(lack.message, { extensions: { code: lack.code } });
    if (!access || !viewer.may(access.permission)) {
      throw new GraphQLError(`This needs the permission ${access?.permission ?? 'that nobody has'}.`, {
        extensions: { code: 'FORBIDDEN', permission: String(access?.permission) },
      });
    }
    return true;
  }
}

/** What is answered where no valid token or key is presented, or where what it stood for ended meanwhile. */
export function unauthenticated(): GraphQLError {
  return new GraphQLError('Send a valid token or key as "Authorization: Bearer …".', {
    extensions: { code: 'UNAUTHENTICATED' },
  });
}

function contextOf(context: ExecutionContext): RequestContext {
  return GqlExecutionContext.create(context).getContext<RequestContext>();
}
