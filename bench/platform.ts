/** The built platform: its decorators can not be stripped, so benches run on what `npm run build` made. */
const BUILT = '../dist';

export const platform = (await import(
  `${BUILT}/libs/platform/src/index.js`
)) as typeof import('../libs/platform/src/index.js');

export const { MIGRATIONS } = (await import(
  `${BUILT}/migrations/index.js`
)) as typeof import('../migrations/index.js');
