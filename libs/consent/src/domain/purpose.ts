/** What a message, or another use of a person's data, is for. */
export const Purpose = {
  AUTHENTICATION: 'AUTHENTICATION',
  SERVICE: 'SERVICE',
  MARKETING: 'MARKETING',
  MATCHING: 'MATCHING',
  ADS: 'ADS',
  ANALYTICS: 'ANALYTICS',
} as const;

export type Purpose = keyof typeof Purpose;

/** All purposes, in the order in which they are shown. */
export const PURPOSES: readonly Purpose[] = Object.values(Purpose);
