/** The built platform: its decorators can not be stripped, so benches run on what `npm run build` made. */
import type * as Platform from '../libs/platform/src/index.js';
import type * as Migrations from '../migrations/index.js';

const BUILT = '../dist';

export const platform = (await import(`${BUILT}/libs/platform/src/index.js`)) as typeof Platform;

export const { MIGRATIONS } = (await import(`${BUILT}/migrations/index.js`)) as typeof Migrations;

export type KeyRing = Platform.KeyRing;
export type EmbeddedPostgres = Platform.EmbeddedPostgres;
