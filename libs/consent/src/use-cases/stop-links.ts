import { Injectable } from '@nestjs/common';
import {
  bytesToUuid,
  Configuration,
  KeyRing,
  open,
  type PersonKey,
  seal,
  uuidToBytes,
} from '@assent/platform';
import type { ConsentScope } from '../domain/consent-fact.js';
import type { Purpose } from '../domain/purpose.js';

/** What a link stops, and for whom. */
export interface StopLink {
  person: PersonKey;
  scope: ConsentScope;
  issuedAt: Date;
}

/** The key's use, and what the token is bound to. */
const USE = 'stop-link';
/** What a token's byte means, by its place: links live for more than a year, so these never move. */
const PURPOSE_BYTES: readonly (Purpose | null)[] = [
  null,
  'AUTHENTICATION',
  'SERVICE',
  'MARKETING',
  'MATCHING',
  'ADS',
  'ANALYTICS',
];
const EVERY_BUSINESS = Buffer.alloc(16);
const PLAIN_BYTES = 2 + 16 + 16 + 1 + 6;
/** Version, nonce, the sealed bytes and the tag in base64url: one length, whatever the link stops. */
const TOKEN = /^[\w-]{94}$/;

/**
 * Links that stop something without a login. The token in one is all there is to it: who, what and since when, sealed
 * under a key of its own (AES-256-GCM), so that nobody reads it, makes one or changes one, and nothing has to be stored.
 */
@Injectable()
export class StopLinks {
  constructor(
    private readonly keys: KeyRing,
    private readonly configuration: Configuration,
  ) {}

  /**
   * The link by which a person stops a scope. It works for 400 days from `issuedAt`, and is for that person's eyes alone:
   * for their app, or for a carrier that reaches nobody else.
   */
  linkFor({ lane, personId }: PersonKey, { businessId, purpose }: ConsentScope, issuedAt: Date): string {
    const plain = Buffer.alloc(PLAIN_BYTES);
    plain.writeUInt16BE(lane, 0);
    uuidToBytes(personId).copy(plain, 2);
    (businessId === null ? EVERY_BUSINESS : uuidToBytes(businessId)).copy(plain, 18);
    plain.writeUInt8(PURPOSE_BYTES.indexOf(purpose), 34);
    plain.writeUIntBE(issuedAt.getTime(), 35, 6);
    const version = this.keys.current;
    const token = seal({ version, key: this.keys.derive(USE, version) }, plain, USE);
    return `${this.configuration.publicUrl}/stop/${token.toString('base64url')}`;
  }

  /** What a token says; undefined where it is none of ours. Its age is for the caller to judge. */
  read(token: string): StopLink | undefined {
    if (!TOKEN.test(token)) return undefined;
    const plain = this.opened(Buffer.from(token, 'base64url'));
    if (plain?.length !== PLAIN_BYTES) return undefined;
    const business = plain.subarray(18, 34);
    return {
      person: { lane: plain.readUInt16BE(0), personId: bytesToUuid(plain.subarray(2, 18)) },
      scope: {
        businessId: business.equals(EVERY_BUSINESS) ? null : bytesToUuid(business),
        purpose: PURPOSE_BYTES[plain.readUInt8(34)] ?? null,
      },
      issuedAt: new Date(plain.readUIntBE(35, 6)),
    };
  }

  private opened(sealed: Buffer): Buffer | undefined {
    try {
      return open((version) => this.keys.derive(USE, version), sealed, USE);
    } catch {
      return undefined;
    }
  }
}
