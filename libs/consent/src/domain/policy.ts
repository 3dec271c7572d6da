import type { ImportEvidence } from './evidence.js';
import { type Purpose, PURPOSES } from './purpose.js';

/** Whether a purpose needs the person's opt-in first, or goes on until the person opts out. */
export const Basis = { OPT_IN: 'OPT_IN', OPT_OUT: 'OPT_OUT' } as const;

export type Basis = keyof typeof Basis;

/** Hours of the day, from the first time up to the second, which may be on the next day: 'HH:MM', in the person's zone. */
export interface QuietHours {
  from: string;
  to: string;
}

/** What a policy says of one purpose. */
export interface PurposeRule {
  basis: Basis;
  /** Days for which an opt-in counts from when it was given; null: until it is withdrawn. */
  validDays: number | null;
  /** What an opt-in that a business imports may rest on; empty: none can be imported. */
  evidence: readonly ImportEvidence[];
  /** When messages wait; null: never. */
  quietHours: QuietHours | null;
}

/** What a policy says for the people of one country, with its version. */
export interface CountryPolicy {
  version: number;
  rules: Readonly<Record<Purpose, PurposeRule>>;
}

/** The row for every country that has none of its own, and for what a country's own row leaves out. */
export const EVERY_OTHER = '*';

/** Rules by country and purpose; only the row of every other country must have all purposes. */
export type PolicyRows = Readonly<Record<string, Readonly<Partial<Record<Purpose, PurposeRule>>>>>;

/** A version of the policy and how it came to be. */
export interface PublishedPolicy {
  version: number;
  effectiveAt: Date;
  publishedAt: Date;
  /** Null: built in. */
  publishedBy: string | null;
  note: string;
  rows: PolicyRows;
  inForce: boolean;
}

/** One published version of the operator's consent policy. It never changes. */
export class ConsentPolicy {
  private readonly countries = new Map<string, CountryPolicy>();

  /** @throws Error where the row of every other country lacks a purpose */
  constructor(
    readonly version: number,
    readonly rows: PolicyRows,
  ) {
    for (const country of Object.keys(rows)) this.countries.set(country, this.merged(country));
    if (!this.countries.has(EVERY_OTHER)) throw new Error('A policy without a row for every other country');
  }

  /** What holds for a person of a country; null where theirs is not known. */
  forCountry(country: string | null): CountryPolicy {
    const found = this.countries.get(country ?? EVERY_OTHER) ?? this.countries.get(EVERY_OTHER);
    if (!found) throw new Error('A policy without a row for every other country');
    return found;
  }

  private merged(country: string): CountryPolicy {
    const rules = Object.fromEntries(
      PURPOSES.map((purpose) => {
        const rule = this.rows[country]?.[purpose] ?? this.rows[EVERY_OTHER]?.[purpose];
        if (!rule) throw new Error(`A policy without a rule for ${purpose}`);
        return [purpose, rule];
      }),
    );
    return { version: this.version, rules: rules as Record<Purpose, PurposeRule> };
  }
}
