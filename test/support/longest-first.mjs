import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import Sequencer from '@jest/test-sequencer';

/** What takes longest begins first, so that none of it goes on alone at the end. */
const LONGEST = [
  'crash/crash',
  'promises/limits-are-exact',
  'consent/reference-model',
  'promises/stop-races-dispatch',
  'faults/faults',
  'operations/restore',
  'attacks/cross-tenant',
  'operations/keys',
  'attacks/regular-expressions',
  'processes/crashes',
  'processes/platform',
  'processes/separate-processes',
  'promises/subscriptions-resume',
  'promises/stop-means-stop',
  'fuzz/fuzz',
].map((name) => `test/${name}.spec.ts`);

/** In the order of jest, which begins with what failed last and what was long, but for the longest, which it may not know yet. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const root = join(import.meta.dirname, '../..');
    const gone = LONGEST.filter((name) => !existsSync(join(root, name)));
    if (gone.length > 0) throw new Error(`${gone.join()}: named in ${import.meta.filename}, and not there`);
    const places = new Map(LONGEST.map((name, place) => [name, place]));
    const placeOf = ({ path }) => places.get(relative(root, path)) ?? LONGEST.length;
    return super.sort(tests).sort((a, b) => placeOf(a) - placeOf(b));
  }
}
