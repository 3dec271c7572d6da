import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts.module.js';
import { AdminResolver } from './admin.resolver.js';
import { SecondFactorResolver } from './second-factor.resolver.js';

/** Accounts in the admin API. */
@Module({ imports: [AccountsModule], providers: [AdminResolver, SecondFactorResolver] })
export class AccountsAdminApiModule {}
