import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The operator's consent policy: versions that are never changed, and the first of them. */
export class ConsentPolicy1795392000009 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // INSERT-only by rights. A version is a whole policy, so that a decision needs one row.
    await db.query(`CREATE TABLE consent_policy (
      version integer PRIMARY KEY CHECK (version > 0),
      effective_at timestamptz NOT NULL,
      published_at timestamptz NOT NULL,
      published_by uuid REFERENCES admin,
      note text NOT NULL CHECK (char_length(note) BETWEEN 1 AND 1000),
      rows jsonb NOT NULL CHECK (jsonb_typeof(rows) = 'object' AND rows ? '*'),
      CHECK (effective_at >= published_at),
      CHECK ((published_by IS NULL) = (version = 1))
    )`);
    await db.query(`COMMENT ON TABLE consent_policy IS
      'In force is the highest version whose time has come: one that is published to begin before an announced one replaces it.'`);
    await db.query(`COMMENT ON COLUMN consent_policy.rows IS
      'By country (ISO 3166-1 alpha-2, * for all others) and purpose: {basis, validDays}. The row * has every purpose.'`);

    // From before any clock, so that some policy is always in force.
    await db.query(
      `INSERT INTO consent_policy (version, effective_at, published_at, note, rows)
        VALUES (1, '1970-01-01T00:00:00Z', '1970-01-01T00:00:00Z', $1, $2)`,
      ['Built in.', JSON.stringify(BUILT_IN)],
    );

    await db.query(`GRANT SELECT ON consent_policy TO assent_person, assent_engine`);
    await db.query(`GRANT SELECT, INSERT ON consent_policy TO assent_admin`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE consent_policy`);
  }
}

const OPT_IN = { basis: 'OPT_IN', validDays: null };
const OPT_OUT = { basis: 'OPT_OUT', validDays: null };

/**
 * What is safe where nothing else is known; docs/consent-policy.md gives the reasons in full.
 *
 * - AUTHENTICATION, SERVICE: what a person asked for or has a contract about (GDPR art. 6(1)(b), LGPD art. 7 V).
 * - MATCHING: the business has the number from the person already (GDPR art. 6(1)(f), with the objection of art. 21).
 * - MARKETING: an opt-in first (ePrivacy directive 2002/58/EC art. 13(1)).
 * - ADS, ANALYTICS: consent is the one basis that holds in every country of this list (GDPR art. 6(1)(a), 7).
 */
const CONSERVATIVE = {
  AUTHENTICATION: OPT_OUT,
  SERVICE: OPT_OUT,
  MARKETING: OPT_IN,
  MATCHING: OPT_OUT,
  ADS: OPT_IN,
  ANALYTICS: OPT_IN,
};

/** The EU's 27, the EEA's three (Decision 154/2018 of its Joint Committee), the UK (UK GDPR, PECR reg. 22) and Switzerland (UWG art. 3(1)(o)). */
const EUROPE = [
  ...[
    'AT',
    'BE',
    'BG',
    'CY',
    'CZ',
    'DE',
    'DK',
    'EE',
    'ES',
    'FI',
    'FR',
    'GR',
    'HR',
    'HU',
    'IE',
    'IT',
    'LT',
    'LU',
  ],
  ...['LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'],
  ...['IS', 'LI', 'NO', 'GB', 'CH'],
];

/**
 * Written out although most rows are those of `*`: who changes `*` does not mean to change these.
 *
 * - US: marketing texts need prior express written consent (47 CFR 64.1200(a)(2) and (f)(9)); statistics go on until
 *   the person objects, as state law has it (Cal. Civ. Code 1798.120 and 1798.121, opt-out).
 * - IN: promotional messages need the recipient's consent or preference (TCCCPR 2018); consent otherwise under DPDP
 *   Act 2023 s. 6.
 * - BR: LGPD (Lei 13.709/2018) art. 7 I and 8; of the other bases the wider one is not taken.
 */
const BUILT_IN = {
  '*': CONSERVATIVE,
  ...Object.fromEntries(EUROPE.map((country) => [country, CONSERVATIVE])),
  US: { ...CONSERVATIVE, ANALYTICS: OPT_OUT },
  IN: CONSERVATIVE,
  BR: CONSERVATIVE,
};
