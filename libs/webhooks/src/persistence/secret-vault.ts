import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing, openFrom, type SealedColumn, sealIn } from '@assent/platform';

const SEALED = {
  use: 'webhook-secret',
  place: (endpointId: string) => `webhook_endpoint.secret:${endpointId}`,
};

export const WEBHOOKS_SEALED: readonly SealedColumn[] = ['secret_sealed', 'previous_sealed'].map(
  (column) => ({
    table: 'webhook_endpoint',
    column,
    key: { id: 'uuid' },
    ...SEALED,
  }),
);

/** Standard Webhooks asks for 24 to 64. */
const SECRET_BYTES = 32;

/** Secrets that events are signed with. They must be had again, so they are sealed, each bound to its endpoint. */
@Injectable()
export class SecretVault {
  constructor(private readonly keys: KeyRing) {}

  /** A new secret as it is shown, `whsec_…`, and as it is kept. */
  make(endpointId: string): { secret: string; sealed: Buffer } {
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
    return { secret, sealed: sealIn(this.keys, SEALED, secret, endpointId) };
  }

  open(endpointId: string, sealed: Buffer): string {
    return openFrom(this.keys, SEALED, sealed, endpointId).toString();
  }
}
