import { createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database, isOneLine, parseInput, uuid7 } from '@assent/platform';
import type { PersonViewer } from '../domain/person-viewer.js';
import type { DeviceRow } from '../persistence/device.row.js';
import { DeviceStore } from '../persistence/device.store.js';

/** Most devices of one person at a time. */
export const MOST_DEVICES = 10;

const NAME_RULE = 'must have 1 to 120 characters, none of them a control character';

const schema = z.object({
  name: z.string().trim().min(1, NAME_RULE).max(120, NAME_RULE).refine(isOneLine, NAME_RULE),
  publicKey: z
    .base64('must be base64')
    .max(44, 'must be 32 bytes in base64')
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((bytes) => bytes.length === 32, { error: 'must be 32 bytes in base64', abort: true })
    .refine(isUsableX25519, 'must be an X25519 public key that is not of low order'),
});

/** Registers one of a person's apps; registering the same key again answers with the device it already is. */
@Injectable()
export class RegisterDevice {
  constructor(
    private readonly database: Database,
    private readonly devices: DeviceStore,
  ) {}

  async execute(
    { lane, personId }: PersonViewer,
    input: { name: string; publicKey: string },
  ): Promise<DeviceRow | { refused: 'TOO_MANY_DEVICES' }> {
    const { name, publicKey } = parseInput(schema, input);
    return this.database.transaction({ role: 'person', personId }, async (tx) => {
      const { devices, now } = await this.devices.allLocked(tx, { lane, personId });
      const known = devices.find((device) => device.publicKey.equals(publicKey));
      if (known) return known;
      if (devices.length >= MOST_DEVICES) return { refused: 'TOO_MANY_DEVICES' };
      const device = { lane, personId, id: uuid7(now.getTime()), name, publicKey, createdAt: now };
      await this.devices.add(tx, device);
      return device;
    });
  }
}

/** Points of low order make every shared secret zero (RFC 7748, section 6.1); OpenSSL refuses to derive with one. */
function isUsableX25519(bytes: Buffer): boolean {
  try {
    const publicKey = createPublicKey({
      key: { kty: 'OKP', crv: 'X25519', x: bytes.toString('base64url') },
      format: 'jwk',
    });
    diffieHellman({ privateKey: generateKeyPairSync('x25519').privateKey, publicKey });
    return true;
  } catch {
    return false;
  }
}
