import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { BusinessViewer } from '@assent/accounts';
import { CurrentViewer, Permission } from '@assent/platform';
import { ImportConsents } from '../../use-cases/import-consents.js';
import { toImportConsentsResult } from './import.presenter.js';
import { ImportConsentsInput, ImportConsentsResult } from './import.types.js';

/** Importing opt-ins. */
@Resolver()
export class ImportResolver {
  constructor(private readonly imports: ImportConsents) {}

  @Permission('consents:import')
  @Mutation(() => ImportConsentsResult, {
    description:
      'Brings in up to 10,000 opt-ins that your contacts gave you elsewhere, each with its evidence, and each answered by itself. An import never lifts anything: what the person stopped or blocked stays so. An opt-in that counts is written into their ledger in your name, and they are told in their app. The call is no transaction: each opt-in is done or not; sent again it goes on where it was interrupted. For more, upload a file: `POST /business/consent-imports`. Input that breaks a rule refuses the whole call with BAD_INPUT. Refusals: BUSINESS_NOT_VERIFIED, BUSINESS_SUSPENDED.',
  })
  async importConsents(
    @CurrentViewer() { businessId }: BusinessViewer,
    @Args('input') { items }: ImportConsentsInput,
  ) {
    return toImportConsentsResult(await this.imports.execute(businessId, items));
  }
}
