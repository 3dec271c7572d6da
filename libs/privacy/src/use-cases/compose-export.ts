import { Injectable } from '@nestjs/common';
import { ConsentExport, LogSigner, ReadLog } from '@assent/consent';
import { canonicalJson } from '@assent/ledger';
import { QualityExport } from '@assent/limits';
import { MatchingExport } from '@assent/matching';
import { MediaExport } from '@assent/media';
import { MessagingExport } from '@assent/messaging';
import { ReportExport } from '@assent/moderation';
import { PeopleExport } from '@assent/people';
import type { ExportRecord, Json, PersonExport, PersonKey } from '@assent/platform';
import { EXPORT_FORMAT, README } from '../domain/export-format.js';
import { type ArchiveFile, zipped } from './archive.js';
import { fileOf, filesOf, listed, type ListedFile } from './export-files.js';

/** Composes what all libraries hold about a person into one archive, with a signed list of what is in it. */
@Injectable()
export class ComposeExport {
  private readonly parts: readonly PersonExport[];

  constructor(
    people: PeopleExport,
    consent: ConsentExport,
    matching: MatchingExport,
    messaging: MessagingExport,
    media: MediaExport,
    quality: QualityExport,
    reports: ReportExport,
    private readonly log: ReadLog,
    private readonly signer: LogSigner,
  ) {
    this.parts = [people, consent, matching, messaging, media, quality, reports];
  }

  /** About how many records there are. */
  async estimate(person: PersonKey): Promise<number> {
    const counts = await Promise.all(this.parts.map((part) => part.estimate(person)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /**
   * The bytes of the archive, made as they are read.
   * @param onRecord hears of every record before it is written; may throw, to end it
   */
  execute(
    person: PersonKey,
    at: Date,
    onRecord: () => Promise<void>,
  ): AsyncGenerator<Buffer, void, undefined> {
    return zipped(this.files(person, at, onRecord), at);
  }

  private async *files(
    person: PersonKey,
    at: Date,
    onRecord: () => Promise<void>,
  ): AsyncGenerator<ArchiveFile, void, undefined> {
    const list: ListedFile[] = [];
    yield listed(fileOf('README.txt', README), list);
    for await (const file of filesOf(this.records(person, onRecord))) yield listed(file, list);
    const manifest = await this.manifest(person, at, list);
    yield fileOf('manifest.json', `${canonicalJson(manifest)}\n`);
    yield fileOf(
      'manifest.sig',
      this.signer
        .attest(EXPORT_FORMAT, manifest)
        .map((line) => `${line}\n`)
        .join(''),
    );
  }

  private async *records(
    person: PersonKey,
    onRecord: () => Promise<void>,
  ): AsyncGenerator<ExportRecord, void, undefined> {
    for (const part of this.parts) {
      for await (const record of part.export(person)) {
        await onRecord();
        yield record;
      }
    }
  }

  private async manifest(
    { personId }: PersonKey,
    at: Date,
    files: readonly ListedFile[],
  ): Promise<Record<string, Json>> {
    return {
      format: EXPORT_FORMAT,
      personId,
      madeAt: at.toISOString(),
      log: {
        origin: this.signer.origin,
        keys: this.signer.verifierKeys,
        checkpoint: (await this.log.checkpoint()) ?? null,
      },
      files: files.map((file) => ({ ...file })),
    };
  }
}
