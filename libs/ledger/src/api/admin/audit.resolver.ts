import { Args, Query, Resolver } from '@nestjs/graphql';
import { Permission, publicId, toConnection } from '@assent/platform';
import { ReadActs } from '../../use-cases/read-acts.js';
import { AuditEntryConnection, OperatorAuditLogArgs, toAuditEntry } from '../audit.types.js';

@Resolver()
export class OperatorAuditResolver {
  constructor(private readonly acts: ReadActs) {}

  @Permission('audit:read')
  @Query(() => AuditEntryConnection, {
    description: 'What admins, members and API keys did, newest first: see docs/audit.md.',
  })
  async auditLog(@Args() { filter, ...page }: OperatorAuditLogArgs) {
    const acts = await this.acts.ofAll(filter ?? {}, page);
    return toConnection(acts, page.first, toAuditEntry, ({ id }) => publicId('aud', id));
  }
}
