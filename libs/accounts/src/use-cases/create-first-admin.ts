import { Injectable } from '@nestjs/common';
import { type AdminCredential, CreateAdminToken } from './create-admin-token.js';

/** Makes the first admin, for a platform that has just been set up. */
@Injectable()
export class CreateFirstAdmin {
  constructor(private readonly tokens: CreateAdminToken) {}

  /** The admin's token, or undefined where there is an admin already: of processes that start together, one gets it. */
  async execute(): Promise<AdminCredential | undefined> {
    return this.tokens.onlyFirst();
  }
}
