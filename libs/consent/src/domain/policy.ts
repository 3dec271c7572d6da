import type { Purpose } from './purpose.js';

/** Whether a purpose needs the person's opt-in first, or goes on until the person opts out. */
export const Basis = { OPT_IN: 'OPT_IN', OPT_OUT: 'OPT_OUT' } as const;

export type Basis = keyof typeof Basis;

/** What holds for a purpose while the person has said nothing about it. */
export interface ConsentPolicy {
  version: number;
  basis: Readonly<Record<Purpose, Basis>>;
}

/** The policy that the platform comes with. */
export const DEFAULT_POLICY: ConsentPolicy = {
  version: 1,
  basis: {
    AUTHENTICATION: 'OPT_OUT',
    SERVICE: 'OPT_OUT',
    MARKETING: 'OPT_IN',
    MATCHING: 'OPT_OUT',
    ADS: 'OPT_IN',
    ANALYTICS: 'OPT_IN',
  },
};
