import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing, open, seal, type SealedColumn } from '@assent/platform';
import { decodeDisclosed, type Disclosed, encodeDisclosed } from '../domain/disclosed.js';
import type { SealedReport } from '../domain/report.js';

const SALT_BYTES = 32;
const USE = 'report';

export const REPORTS_SEALED: readonly SealedColumn[] = (['content', 'note'] as const).map((column) => ({
  table: 'report',
  column,
  key: { lane: 'smallint', id: 'uuid' },
  salt: 't.content_salt',
  use: USE,
  place: (_: string, id: string) => placeOf(column, id),
}));

/**
 * Seals what a report discloses apart from its conversation: AES-256-GCM under HKDF-SHA-256(master key, the row's own salt),
 * bound to the row. So the operator can be shown this message and no other, and erasing the row erases it.
 */
@Injectable()
export class ReportVault {
  constructor(private readonly keys: KeyRing) {}

  seal(id: string, disclosed: Disclosed, note: string | null): SealedReport {
    const version = this.keys.current;
    const salt = randomBytes(SALT_BYTES);
    const key = this.keys.deriveFresh(USE, salt, version);
    return {
      content: seal({ version, key }, encodeDisclosed(disclosed), placeOf('content', id)),
      note: note === null ? null : seal({ version, key }, note, placeOf('note', id)),
      salt,
    };
  }

  open(id: string, { content, note, salt }: SealedReport): Disclosed & { note: string | null } {
    const opened = (bytes: Buffer, place: string) =>
      open((version) => this.keys.deriveFresh(USE, salt, version), bytes, place);
    return {
      ...decodeDisclosed(opened(content, placeOf('content', id))),
      note: note && opened(note, placeOf('note', id)).toString('utf8'),
    };
  }
}

function placeOf(column: 'content' | 'note', id: string): string {
  return `report.${column}:${id}`;
}
