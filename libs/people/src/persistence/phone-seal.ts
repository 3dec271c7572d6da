import { Injectable } from '@nestjs/common';
import { KeyRing, open, seal, type SealedColumn } from '@assent/platform';

const USE = 'phone-seal';

export const PHONE_SEALED: SealedColumn = {
  table: 'person_number',
  column: 'phone_sealed',
  key: { lane: 'smallint', person_id: 'uuid' },
  use: USE,
  place: (_, personId) => placeOf(personId),
};

/** Seals a person's number for storage: AES-256-GCM, bound to its table, column and person. */
@Injectable()
export class PhoneSeal {
  constructor(private readonly keys: KeyRing) {}

  /** What is stored of an E.164 number. */
  seal(personId: string, e164: string): Buffer {
    const version = this.keys.current;
    return seal({ version, key: this.keys.derive(USE, version) }, e164, placeOf(personId));
  }

  /** The E.164 number. @throws when the bytes are not those sealed for this person */
  open(personId: string, sealed: Buffer): string {
    return open((version) => this.keys.derive(USE, version), sealed, placeOf(personId)).toString('utf8');
  }
}

function placeOf(personId: string): string {
  return `person_number.phone_sealed:${personId}`;
}
