import { canonicalJson, type Json } from './canonical-json.js';

/**
 * The text over which a document of a format is signed. The format stands first, so that a signature is one of nothing
 * else; and no note of the log begins like it, since a log's name holds no space.
 */
export function statementText(origin: string, format: string, document: Record<string, Json>): string {
  return `${origin} ${format}\n${canonicalJson(document)}\n`;
}
