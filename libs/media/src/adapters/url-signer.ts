import { timingSafeEqual } from 'node:crypto';
import type { KeyRing } from '@assent/platform';

/** What a URL of this platform's own store lets its holder do. */
export interface SignedAccess {
  method: 'GET' | 'PUT';
  id: string;
  /** Seconds since 1970. */
  until: number;
  /** What the file is saved as; empty: nothing is said. */
  name: string;
}

/** Signs URLs of this platform's own store. */
export class UrlSigner {
  constructor(private readonly keys: KeyRing) {}

  sign(access: SignedAccess): string {
    return this.mac(access, this.keys.current);
  }

  /** Whether it was signed here, by any key that there still is. */
  holds(access: SignedAccess, signature: string): boolean {
    const given = Buffer.from(signature, 'base64url');
    return this.keys.versions.some((version) => {
      const sound = Buffer.from(this.mac(access, version), 'base64url');
      return given.length === sound.length && timingSafeEqual(given, sound);
    });
  }

  private mac({ method, id, until, name }: SignedAccess, version: number): string {
    return this.keys
      .mac('media-url', JSON.stringify([method, id, until, name]), version)
      .toString('base64url');
  }
}
