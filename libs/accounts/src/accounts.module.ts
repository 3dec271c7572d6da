import { Module } from '@nestjs/common';
import { AuthenticateAdmin } from './use-cases/authenticate-admin.js';
import { AuthenticateBusiness } from './use-cases/authenticate-business.js';

@Module({
  providers: [AuthenticateBusiness, AuthenticateAdmin],
  exports: [AuthenticateBusiness, AuthenticateAdmin],
})
export class AccountsModule {}
