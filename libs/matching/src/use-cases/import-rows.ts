import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { type CheckedOptIn, optInSchema } from './import-input.js';

/** Columns of a file of opt-ins. */
export const IMPORT_COLUMNS = [
  'correlation_id',
  'contact',
  'external_id',
  'purpose',
  'given_at',
  'evidence_kind',
  'wording_hash',
  'evidence_reference',
] as const;

type Column = (typeof IMPORT_COLUMNS)[number];

const REQUIRED: readonly Column[] = [
  'correlation_id',
  'purpose',
  'given_at',
  'evidence_kind',
  'wording_hash',
];
const HEADER_RULE = `must name columns of ${IMPORT_COLUMNS.join(', ')}, each once, and all but evidence_reference and one of contact and external_id`;
/** Longest row: several times what its columns can have. */
const MOST_ROW_BYTES = 16 * 1_024;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** A row, and the place behind it. */
export interface CsvRow {
  fields: string[];
  bytes: number;
  lines: number;
}

/** A file that is not CSV, or not of opt-ins: what is wrong, with the line; nothing of its content. */
export class NotCsvError extends Error {}

/**
 * The rows of a part of a CSV file (RFC 4180; UTF-8, lines may end in LF alone), in bounded memory. Places are counted from the
 * part's beginning. @throws NotCsvError
 */
export async function* rowsOf(
  pieces: AsyncIterable<Buffer>,
  linesBefore: number,
): AsyncGenerator<CsvRow, void, undefined> {
  const source = Readable.from(pieces, { objectMode: false });
  const parser = source.pipe(
    parse({
      bom: true,
      info: true,
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MOST_ROW_BYTES,
    }),
  );
  source.once('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { bytes: number; lines: number };
    }>) {
      yield { fields: record, bytes: info.bytes, lines: info.lines };
    }
  } catch (error) {
    const { code, lines } = error as CsvError & { lines?: number };
    const rule = RULES[code];
    if (rule === undefined) throw error;
    throw new NotCsvError(`Line ${linesBefore + (lines ?? 1)}: ${rule}`);
  } finally {
    source.destroy();
  }
}

const RULES: Record<string, string | undefined> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened here, or in a line before, and never closed',
  CSV_INVALID_CLOSING_QUOTE: 'behind a closing quote comes neither a comma nor the end of the line',
  INVALID_OPENING_QUOTE: 'a quote stands in the middle of a field that does not begin with one',
  CSV_MAX_RECORD_SIZE: `a row has more than ${MOST_ROW_BYTES} bytes`,
};

/** The columns of a file by its first row. @throws NotCsvError */
export function headerOf(fields: readonly string[]): string[] {
  const header = fields.map((name) => name.trim());
  const known = header.every((name) => (IMPORT_COLUMNS as readonly string[]).includes(name));
  const complete =
    REQUIRED.every((name) => header.includes(name)) &&
    (header.includes('contact') || header.includes('external_id'));
  if (!known || !complete || new Set(header).size !== header.length) {
    throw new NotCsvError(`Line 1: the header ${HEADER_RULE}`);
  }
  return header;
}

/** A row as an opt-in, or what is wrong with it: the column and its rule. */
export function optInOf(header: readonly string[], fields: readonly string[]): CheckedOptIn | string {
  if (fields.length !== header.length) return `the row must have ${header.length} fields`;
  if (fields.some((field) => field.includes('\uFFFD'))) return 'the row must be UTF-8';
  const cell = (column: Column) => fields[header.indexOf(column)] || undefined;
  const givenAt = cell('given_at') ?? '';
  const result = optInSchema.safeParse({
    correlationId: cell('correlation_id') ?? '',
    contact: { id: cell('contact'), externalId: cell('external_id') },
    purpose: cell('purpose'),
    givenAt: TIME.test(givenAt) ? new Date(givenAt) : undefined,
    evidence: {
      kind: cell('evidence_kind'),
      wordingHash: cell('wording_hash'),
      reference: cell('evidence_reference'),
    },
  });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return `${COLUMN_OF[issue?.path.join('.') ?? ''] ?? 'the row'} ${issue?.message ?? 'is not valid'}`;
}

const COLUMN_OF: Record<string, string | undefined> = {
  correlationId: 'correlation_id',
  contact: 'contact or external_id',
  'contact.id': 'contact',
  'contact.externalId': 'external_id',
  purpose: 'purpose',
  givenAt: 'given_at',
  'evidence.kind': 'evidence_kind',
  'evidence.wordingHash': 'wording_hash',
  'evidence.reference': 'evidence_reference',
};

/** What a spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection). */
const FORMULA = /^[=+\-@\t\r]/;

/** A line of CSV; a field that begins like a formula has an apostrophe before it, by which spreadsheets know a text. */
export function csvLine(fields: readonly (string | null)[]): string {
  const quoted = fields.map((field) => {
    const text = FORMULA.test(field ?? '') ? `'${field}` : (field ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${quoted.join(',')}\r\n`;
}
