import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { BusinessViewer } from '@assent/accounts';
import { CurrentViewer, PageArgs, Permission, publicId, toConnection } from '@assent/platform';
import { MATCHING_REASONS } from '../../domain/matching-reasons.js';
import { ReadImports } from '../../use-cases/read-imports.js';
import {
  CancelConsentImportInput,
  CancelConsentImportPayload,
  CancelConsentImportResult,
  ConsentImport,
  ConsentImportConnection,
  ConsentImportUnknown,
  toConsentImport,
} from './import-job.types.js';

/** Files of opt-ins. */
@Resolver()
export class ImportJobResolver {
  constructor(private readonly imports: ReadImports) {}

  @Permission('consents:import')
  @Query(() => ConsentImport, {
    nullable: true,
    description: 'One of your files of opt-ins; null where you have none such.',
  })
  async consentImport(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ConsentImport | null> {
    const job = await this.imports.byId(viewer, id);
    return job ? toConsentImport(job) : null;
  }

  @Permission('consents:import')
  @Query(() => ConsentImportConnection, { description: 'Your files of opt-ins, newest first.' })
  async consentImports(
    @CurrentViewer() viewer: BusinessViewer,
    @Args() page: PageArgs,
  ): Promise<ConsentImportConnection> {
    const { first, jobs } = await this.imports.page(viewer, page);
    return toConnection(jobs, first, toConsentImport, ({ id }) => publicId('imp', id));
  }

  @Permission('consents:import')
  @Mutation(() => CancelConsentImportResult, {
    description:
      'Cancels a file that has not ended: rows under way are undone or done, and no more begin. Repeating it is harmless. Refusals: CONSENT_IMPORT_UNKNOWN.',
  })
  async cancelConsentImport(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') { id }: CancelConsentImportInput,
  ): Promise<typeof CancelConsentImportResult> {
    const job = await this.imports.cancel(viewer, id);
    if (job) return Object.assign(new CancelConsentImportPayload(), { consentImport: toConsentImport(job) });
    return Object.assign(new ConsentImportUnknown(), {
      reason: 'CONSENT_IMPORT_UNKNOWN',
      message: MATCHING_REASONS.CONSENT_IMPORT_UNKNOWN.message,
      retryAt: null,
    });
  }
}
