/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** One thing that the platform holds about a person, for that person's eyes. */
export interface ExportRecord {
  /** The file of the export that it belongs to, for example `messages.jsonl`. */
  file: string;
  row: Record<string, Json>;
}
