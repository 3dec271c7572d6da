import { MOST_SUBJECTS } from './act.js';

/** What an id looks like: a prefix of three letters and what follows it. What looks otherwise is not kept. */
const ID = /^[a-z]{3}_[0-9a-z-]{20,60}$/;
const DEEPEST = 3;
const MOST_REASON = 1_000;

/** What an act is about: the ids that were asked with, then those of what came of it. */
export function subjectsOf(
  asked: readonly string[],
  answer: unknown,
): { subjects: readonly string[]; subjectCount: number } {
  const all = [...new Set([...asked.filter((id) => ID.test(id)), ...idsIn(answer, DEEPEST)])];
  return { subjects: all.slice(0, MOST_SUBJECTS), subjectCount: all.length };
}

/** Ids of what an answer holds, and of the nodes of a page; of no other list. */
function idsIn(value: unknown, depth: number): string[] {
  if (typeof value !== 'object' || value === null || value instanceof Date || depth === 0) return [];
  const { id, nodes, ...rest } = value as Record<string, unknown>;
  const own = typeof id === 'string' && ID.test(id) ? [id] : [];
  const listed = Array.isArray(nodes) ? nodes.flatMap((node) => idsIn(node, 1)) : [];
  // What is below a thing with an id is that thing's own matter.
  const inner = own.length > 0 ? [] : Object.values(rest).flatMap((each) => idsOfOne(each, depth));
  return [...own, ...listed, ...inner];
}

function idsOfOne(value: unknown, depth: number): string[] {
  return Array.isArray(value) ? [] : idsIn(value, depth - 1);
}

/** A reason as it is kept: whole characters, so that the database holds what was hashed. */
export function keptReason(given: unknown): string | null {
  if (typeof given !== 'string' || given.trim() === '') return null;
  return Array.from(given.trim().toWellFormed().replaceAll('\0', '')).slice(0, MOST_REASON).join('');
}
