import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts.module.js';
import { AdminResolver } from './admin.resolver.js';
import { BusinessSearchResolver } from './business-search.resolver.js';
import { ProposalResolver } from './proposal.resolver.js';
import { SecondFactorResolver } from './second-factor.resolver.js';
import { StaffResolver } from './staff.resolver.js';

/** Accounts in the admin API. */
@Module({
  imports: [AccountsModule],
  providers: [AdminResolver, BusinessSearchResolver, ProposalResolver, SecondFactorResolver, StaffResolver],
})
export class AccountsAdminApiModule {}
