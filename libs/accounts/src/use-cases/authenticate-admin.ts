import { Injectable } from '@nestjs/common';
import type { Authenticator } from '@assent/platform';
import type { AdminViewer } from '../domain/viewers.js';

@Injectable()
export class AuthenticateAdmin implements Authenticator {
  async authenticate(_authorization: string): Promise<AdminViewer | undefined> {
    return Promise.resolve(undefined);
  }
}
