/**
 * Fails for every documented reason that no test produced through the public API. The tests note the reasons that they
 * are answered in the file that TEST_REASONS_SEEN names; so this is for after a run of all of them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { readCatalogues } from './reason-catalogues.ts';

const file = process.env['TEST_REASONS_SEEN'];
if (!file || !existsSync(file)) {
  console.error('TEST_REASONS_SEEN names no file: run all tests with it first.');
  process.exit(1);
}
const seen = new Set(readFileSync(file, 'utf8').split('\n'));
const catalogues = (await readCatalogues()).flatMap((each) => each.catalogues);
const reasons = new Set(catalogues.flatMap((catalogue) => Object.keys(catalogue.reasons)));
const missing = [...reasons].filter((reason) => !seen.has(reason));
for (const reason of missing) console.error(`No test produced ${reason} through the public API.`);
if (missing.length > 0) process.exit(1);
console.log(`All ${reasons.size} documented reasons were produced by tests.`);
