import { Args, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, Permission, publicId, toConnection, type Viewer } from '@assent/platform';
import { ReadActs } from '../../use-cases/read-acts.js';
import { AuditEntryConnection, AuditLogArgs, toAuditEntry } from '../audit.types.js';

@Resolver()
export class AuditResolver {
  constructor(private readonly acts: ReadActs) {}

  @Permission('audit:read')
  @Query(() => AuditEntryConnection, {
    description:
      'What the members and API keys of your business did, in both modes, newest first. Messages that were sent are not in it: they have rows of their own.',
  })
  async auditLog(@CurrentViewer() { ledgerId = '' }: Viewer, @Args() { filter, ...page }: AuditLogArgs) {
    const acts = await this.acts.ofBusiness(ledgerId, filter ?? {}, page);
    return toConnection(acts, page.first, toAuditEntry, ({ id }) => publicId('aud', id));
  }
}
