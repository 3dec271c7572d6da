/**
 * Which world a request acts in. LIVE: real people. TEST: the sandbox of the business, where nobody is messaged, and what
 * test numbers do is fixed.
 */
export const ApiMode = { LIVE: 'LIVE', TEST: 'TEST' } as const;
export type ApiMode = keyof typeof ApiMode;
