import type { ExportRecord } from './export-record.js';
import type { PersonKey } from './person-key.js';

/** What one library holds about a person, for that person's own copy of it. */
export interface PersonExport {
  /** About how many records `export` will give: what progress is measured by. */
  estimate(person: PersonKey): Promise<number>;

  /** Everything, file after file; a file that was left does not come again. In bounded memory, however much it is. */
  export(person: PersonKey): AsyncIterable<ExportRecord>;
}
