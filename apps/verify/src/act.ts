import { Failure } from './failure.js';
import { exactly, text, texts, whole } from './json.js';

const NAMES = [
  'actorId',
  'actorKind',
  'at',
  'details',
  'id',
  'ledger',
  'name',
  'outcome',
  'reason',
  'refusal',
  'seq',
  'subjectCount',
  'subjects',
] as const;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** An entry of the audit log: what was done, as it was recorded. */
export interface RecordedAct {
  /** Whose chain it is in. */
  ledger: string;
  seq: number;
}

/** Reads an act; what it says must be something that an act can say. @throws Failure */
export function readAct(value: unknown): RecordedAct {
  const fields = exactly(value, 'the record', NAMES);
  const matching = (name: string, pattern: RegExp, kind: string) => {
    const given = text(fields[name], `"${name}" of the record`);
    if (!pattern.test(given)) throw new Failure(`"${name}" of the record is not ${kind}`);
    return given;
  };
  const unlessNull = (name: string, read: () => unknown) => (fields[name] === null ? null : read());
  const chain = matching('ledger', UUID, 'a UUID');
  const seq = whole(fields['seq'], '"seq" of the record', 1);
  try {
    matching('id', UUID, 'a UUID');
    matching('at', TIME, 'a time');
    matching('actorKind', /^(?:ADMIN|API_KEY|MEMBER|OPERATOR)$/, 'a kind of actor');
    matching('name', /^[A-Za-z]{1,64}$/, 'the name of an operation');
    matching('outcome', /^(?:DONE|REFUSED)$/, 'an outcome');
    unlessNull('actorId', () => matching('actorId', UUID, 'a UUID'));
    unlessNull('refusal', () => matching('refusal', /^[A-Z_]{1,64}$/, 'a reason'));
    unlessNull('reason', () => text(fields['reason'], '"reason" of the record'));
    texts(fields['subjects'], '"subjects" of the record');
    whole(fields['subjectCount'], '"subjectCount" of the record', 0);
    if (typeof fields['details'] !== 'object' || fields['details'] === null)
      throw new Failure('"details" of the record is not an object');
  } catch (error) {
    throw error instanceof Failure ? error.at({ chain, seq }) : error;
  }
  return { ...fields, ledger: chain, seq };
}
