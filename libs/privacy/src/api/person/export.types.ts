import { Field, Float, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionType, type Handles, Refusal, resultUnion } from '@assent/platform';
import { type DataExport as StoredExport, ExportStatus, progressOf } from '../../domain/data-export.js';

registerEnumType(ExportStatus, {
  name: 'ExportStatus',
  description: 'How far an export is. READY and FAILED are final.',
  valuesMap: {
    QUEUED: { description: 'It will be made as soon as a worker is free.' },
    RUNNING: { description: 'It is being made.' },
    READY: { description: 'It can be fetched.' },
    FAILED: { description: 'It could not be made. You may ask for another one at once.' },
  },
});

/** A copy of everything that is held about a person. */
@ObjectType({
  description:
    'A copy of everything that is held about you: a ZIP of JSON files, and a signed list of them, which ' +
    '`npx assent-verify` checks offline. docs/export.md goes through it file by file.',
})
export class DataExport {
  @Field(() => ID, { description: 'Opaque id, `exp_…`.' })
  id!: string;

  @Field(() => ExportStatus)
  status!: ExportStatus;

  @Field(() => GraphQLISODateTime)
  requestedAt!: Date;

  @Field(() => Float, { description: 'How much of it is made, 0 to 1; about, and 1 only when it is READY.' })
  progress!: number;

  @Field(() => Int, { description: 'Records that are in it so far.' })
  records!: number;

  @Field(() => Float, { nullable: true, description: 'Bytes; null until it is READY.' })
  size!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of the file in hex, as sha256sum prints it; null until it is READY.',
  })
  sha256!: string | null;

  @Field(() => GraphQLISODateTime, {
    description: 'From then on it is gone: 7 days after it was made, or asked for where it is not made yet.',
  })
  expiresAt!: Date;

  @Field(() => String, {
    nullable: true,
    description:
      'Path on this server to GET it from, with the same `Authorization: Bearer …` as here; null until it is READY.',
  })
  downloadPath!: string | null;
}

@ObjectType({ description: 'A page of your exports, newest first.' })
export class DataExportConnection extends connectionType(DataExport, 'DataExportConnection') {}

@ObjectType()
export class ExportMyDataPayload {
  @Field(() => DataExport, {
    description: 'The export that was begun, or the one that is under way already.',
  })
  export!: DataExport;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'EXPORT_TOO_SOON: your last export was asked for less than 24 hours ago. Fetch that one.',
})
export class ExportTooSoon extends Refusal {}

export const ExportMyDataResult = resultUnion('ExportMyDataResult', [ExportMyDataPayload, ExportTooSoon]);

/** An export as the person it is about sees it. */
export function toDataExport(handles: Handles, stored: StoredExport): DataExport {
  const id = handles.seal(`person:${stored.personId}`, 'exp', stored.id);
  return {
    id,
    status: stored.status,
    requestedAt: stored.requestedAt,
    progress: progressOf(stored),
    records: stored.done,
    size: stored.size,
    sha256: stored.sha256?.toString('hex') ?? null,
    expiresAt: stored.expiresAt,
    downloadPath: stored.status === 'READY' ? `/person/exports/${id}` : null,
  };
}
