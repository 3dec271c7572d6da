import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing, open, seal } from '@assent/platform';
import type { SealedReport } from '../domain/report.js';

const SALT_BYTES = 32;

/**
 * Seals what a report discloses apart from its conversation: AES-256-GCM under HKDF-SHA-256(master key, the row's own salt),
 * bound to the row. So the operator can be shown this message and no other, and erasing the row erases it.
 */
@Injectable()
export class ReportVault {
  constructor(private readonly keys: KeyRing) {}

  seal(id: string, text: string, note: string | null): SealedReport {
    const version = this.keys.current;
    const salt = randomBytes(SALT_BYTES);
    const key = this.keys.deriveFresh('report', salt, version);
    return {
      content: seal({ version, key }, text, `report.content:${id}`),
      note: note === null ? null : seal({ version, key }, note, `report.note:${id}`),
      salt,
    };
  }

  open(id: string, { content, note, salt }: SealedReport): { text: string; note: string | null } {
    const opened = (bytes: Buffer, place: string) =>
      open((version) => this.keys.deriveFresh('report', salt, version), bytes, place).toString();
    return {
      text: opened(content, `report.content:${id}`),
      note: note && opened(note, `report.note:${id}`),
    };
  }
}
