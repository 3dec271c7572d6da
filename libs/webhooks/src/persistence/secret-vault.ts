import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing, open, seal, type SealedColumn } from '@assent/platform';

const USE = 'webhook-secret';

export const WEBHOOKS_SEALED: readonly SealedColumn[] = ['secret_sealed', 'previous_sealed'].map(
  (column) => ({
    table: 'webhook_endpoint',
    column,
    key: { id: 'uuid' },
    use: USE,
    place,
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
    const version = this.keys.current;
    return { secret, sealed: seal({ version, key: this.keys.derive(USE) }, secret, place(endpointId)) };
  }

  open(endpointId: string, sealed: Buffer): string {
    return open((version) => this.keys.derive(USE, version), sealed, place(endpointId)).toString();
  }
}

function place(endpointId: string): string {
  return `webhook_endpoint.secret:${endpointId}`;
}
