import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { PersonViewer } from '@assent/people';
import { Cost, CurrentViewer, Handles, PageArgs, Permission, toConnection } from '@assent/platform';
import { EXPORT_REASONS } from '../../domain/export-reasons.js';
import { ReadExports } from '../../use-cases/read-exports.js';
import { RequestExport } from '../../use-cases/request-export.js';
import {
  DataExport,
  DataExportConnection,
  ExportMyDataPayload,
  ExportMyDataResult,
  ExportTooSoon,
  toDataExport,
} from './export.types.js';

/** A person's exports. */
@Resolver(() => DataExport)
export class ExportResolver {
  constructor(
    private readonly request: RequestExport,
    private readonly read: ReadExports,
    private readonly handles: Handles,
  ) {}

  @Permission('person')
  @Cost({ base: 100 })
  @Mutation(() => ExportMyDataResult, {
    description:
      'Has a copy of everything that is held about you made (GDPR, articles 15 and 20), in the background. While one is ' +
      'under way it answers with that one. At most one in any 24 hours; one that failed does not count. Refused with ' +
      'EXPORT_TOO_SOON before that.',
  })
  async exportMyData(@CurrentViewer() viewer: PersonViewer): Promise<ExportMyDataPayload | ExportTooSoon> {
    const outcome = await this.request.execute(viewer);
    if ('status' in outcome) {
      return Object.assign(new ExportMyDataPayload(), { export: toDataExport(this.handles, outcome) });
    }
    return Object.assign(new ExportTooSoon(), {
      reason: 'EXPORT_TOO_SOON',
      message: EXPORT_REASONS.EXPORT_TOO_SOON.message,
      retryAt: outcome.retryAt,
    });
  }

  @Permission('person')
  @Query(() => DataExport, {
    nullable: true,
    description: 'One of your exports; null where it has expired, or you have no such export.',
  })
  async myExport(
    @CurrentViewer() viewer: PersonViewer,
    @Args('id', { type: () => ID, description: 'Id of the export, `exp_…`.' }) id: string,
  ): Promise<DataExport | null> {
    const found = await this.read.one(viewer, id);
    return found ? toDataExport(this.handles, found) : null;
  }

  @Permission('person')
  @Query(() => DataExportConnection, { description: 'Your exports that have not expired, newest first.' })
  async exports(
    @CurrentViewer() viewer: PersonViewer,
    @Args() page: PageArgs,
  ): Promise<DataExportConnection> {
    const { first, exports } = await this.read.page(viewer, page);
    return toConnection(
      exports,
      first,
      (one) => toDataExport(this.handles, one),
      ({ personId, id }) => this.handles.seal(`person:${personId}`, 'exp', id),
    );
  }
}
