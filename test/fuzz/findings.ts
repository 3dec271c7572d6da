/** What one answer was, with the request that it is to. */
export interface FuzzedAnswer {
  request: string;
  status: number;
  text: string;
}

/** What must never come out, and who it belongs to. */
export interface Canaries {
  /** Stand in texts of another tenant. */
  marks: readonly string[];
  /** Ids of another tenant: an answer may repeat one that the request named. */
  ids: readonly string[];
  /** What is public of them, and holds a mark. */
  publicWords: readonly string[];
}

/** Of stack traces, statements and paths of this machine. */
const INSIDES =
  /\n\s+at |node_modules|[\w/]+\.(?:ts|js):\d+|\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM) \w+|relation \\?"|violates|invalid input syntax|invalid byte sequence|SQLSTATE|ECONN|pg_catalog|assent_(?:app|gate|business|person|admin|engine|eraser)/;
/** An audit log repeats which ids its own members named in earlier requests. */
const NAMED_BEFORE = /"AuditEntry_subjects":\[[^\]]*\]/g;
const MASKED = /"code":"INTERNAL_SERVER_ERROR"/;

/** What is wrong with an answer, in a word or two; undefined for a good one. */
export function findingIn({ request, status, text }: FuzzedAnswer, canaries: Canaries): string | undefined {
  if (status >= 500) return `status ${status}`;
  if (MASKED.test(text)) return 'an unexpected error';
  const [inside] = INSIDES.exec(text) ?? [];
  if (inside !== undefined && !request.includes(inside)) return `the inside of the server: ${inside}`;
  const told = canaries.publicWords.reduce((left, word) => left.replaceAll(word, ''), text);
  if (canaries.marks.some((mark) => told.includes(mark))) return 'a text of another tenant';
  const ids = text.replaceAll(NAMED_BEFORE, '');
  if (canaries.ids.some((id) => ids.includes(id) && !request.includes(id))) return 'an id of another tenant';
  try {
    JSON.parse(text);
  } catch {
    return 'an answer that is no JSON';
  }
  return undefined;
}
