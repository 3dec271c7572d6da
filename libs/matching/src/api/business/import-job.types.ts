import {
  Field,
  Float,
  GraphQLISODateTime,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from '@nestjs/graphql';
import { connectionType, publicId, Refusal, resultUnion } from '@assent/platform';
import { describeAnswer } from '../../domain/import-answers.js';
import { ConsentImportStatus, type ImportJob } from '../../domain/import-job.js';
import type { ImportAnswer } from '../../domain/import-plan.js';

registerEnumType(ConsentImportStatus, {
  name: 'ConsentImportStatus',
  description: 'Where a file of opt-ins is. DONE, FAILED and CANCELLED are final.',
  valuesMap: {
    UPLOADING: { description: 'Still arriving. An upload that breaks off is forgotten.' },
    QUEUED: { description: 'Whole; not begun.' },
    RUNNING: { description: 'Being worked off, in turns with the files of others.' },
    DONE: { description: 'Every row has its result.' },
    FAILED: {
      description:
        'It is no CSV file of opt-ins; `failure` says in which line. Rows before it may have been done.',
    },
    CANCELLED: { description: 'You cancelled it. What was imported until then stays.' },
  },
});

/** How many rows came to one end. */
@ObjectType({ description: 'How many rows of a file came to one end.' })
export class ConsentImportCount {
  @Field(() => String, { description: 'IMPORTED, ALREADY, REFUSED or BAD_ROW.' })
  outcome!: string;

  @Field(() => String, { nullable: true, description: 'Why they were refused; null where they were not.' })
  reason!: string | null;

  @Field(() => Int)
  rows!: number;
}

/** A file of opt-ins. */
@ObjectType({
  description:
    'A file of opt-ins, uploaded to `POST /business/consent-imports`. `GET /business/consent-imports/{id}/results` has the result of each row. Both are forgotten 30 days after its end.',
})
export class ConsentImport {
  @Field(() => ID, { description: '`imp_…`' })
  id!: string;

  @Field(() => ConsentImportStatus)
  status!: ConsentImportStatus;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  endedAt!: Date | null;

  @Field(() => Float, { description: 'Size of the file in bytes, as far as it has arrived.' })
  bytesTotal!: number;

  @Field(() => Float, { description: 'Bytes of the file whose rows have their results.' })
  bytesDone!: number;

  @Field(() => Int, { description: 'Rows that have their results.' })
  rowsDone!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'Rows of the file; null until it was read to its end. For progress before that compare bytes.',
  })
  rowsTotal!: number | null;

  @Field(() => [ConsentImportCount], { description: 'What became of the rows so far.' })
  counts!: ConsentImportCount[];

  @Field(() => String, { nullable: true, description: 'What is wrong with the file, and in which line.' })
  failure!: string | null;
}

/** A page of files. */
@ObjectType({ description: 'A page of your files of opt-ins, newest first.' })
export class ConsentImportConnection extends connectionType(ConsentImport, 'ConsentImportConnection') {}

@InputType()
export class CancelConsentImportInput {
  @Field(() => ID, { description: 'The file, `imp_…`.' })
  id!: string;
}

@ObjectType()
export class CancelConsentImportPayload {
  @Field(() => ConsentImport, { description: 'As it is now. A file that had ended stays as it was.' })
  consentImport!: ConsentImport;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'Reason CONSENT_IMPORT_UNKNOWN: you have no such file.',
})
export class ConsentImportUnknown extends Refusal {}

export const CancelConsentImportResult = resultUnion('CancelConsentImportResult', [
  CancelConsentImportPayload,
  ConsentImportUnknown,
]);

/** A file as its business sees it. */
export function toConsentImport({ id, bytes, counts, ...job }: ImportJob): ConsentImport {
  return {
    ...job,
    id: publicId('imp', id),
    bytesTotal: bytes,
    rowsTotal: job.status === 'DONE' ? job.rowsDone : null,
    counts: Object.entries(counts).map(([answer, rows]) => ({
      ...(answer === 'BAD_ROW'
        ? { outcome: answer, reason: answer }
        : describeAnswer(answer as ImportAnswer)),
      rows,
    })),
  };
}
