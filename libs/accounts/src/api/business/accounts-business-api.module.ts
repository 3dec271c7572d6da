import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts.module.js';
import { AccountResolver } from './account.resolver.js';
import { ApiKeyResolver } from './api-key.resolver.js';
import { SignInResolver } from './sign-in.resolver.js';
import { SingleSignOnResolver } from './single-sign-on.resolver.js';

/** Accounts in the business API. */
@Module({
  imports: [AccountsModule],
  providers: [AccountResolver, ApiKeyResolver, SignInResolver, SingleSignOnResolver],
})
export class AccountsBusinessApiModule {}
