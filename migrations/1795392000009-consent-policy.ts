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
      'By country (ISO 3166-1 alpha-2, * for all others) and purpose: {basis, validDays, evidence, quietHours}. The row * has every purpose.'`);

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

const FROM_START = { validDays: null, evidence: [], quietHours: null };

/**
 * What the person asked for or has a contract about. The opt-in is not needed today; where a business brings one in,
 * any record of it will do, the contract too.
 */
const OWN_AFFAIRS = {
  ...FROM_START,
  basis: 'OPT_OUT',
  evidence: [
    'WEB_FORM',
    'DOUBLE_OPT_IN',
    'PAPER_FORM',
    'VOICE_RECORDING',
    'IN_PERSON',
    'SMS_KEYWORD',
    'CONTRACT',
  ],
};

/**
 * What can be shown to somebody else, as GDPR art. 7(1) wants it: no note of a talk, no term of a contract (art. 7(4)).
 * All of them count as written in the US (15 U.S.C. 7001; FCC 12-21, paragraph 34).
 */
const RECORDED = ['WEB_FORM', 'DOUBLE_OPT_IN', 'PAPER_FORM', 'VOICE_RECORDING', 'SMS_KEYWORD'];
/** What only somebody who has the number, or a pen in their hand, can have given. */
const CONFIRMED = ['DOUBLE_OPT_IN', 'PAPER_FORM', 'SMS_KEYWORD'];
/** What the recipient answered from the number itself, which is how the registers of India's operators take it. */
const REGISTERED = ['DOUBLE_OPT_IN', 'SMS_KEYWORD'];

/** A night's rest: 47 CFR 64.1200(c)(1), taken for everywhere. */
const NIGHT = { from: '21:00', to: '08:00' };

/** Rules of the purposes that need an opt-in, and when marketing waits. */
const strict = (evidence: string[], quietHours: { from: string; to: string }) => {
  const optIn = { ...FROM_START, basis: 'OPT_IN', evidence };
  return {
    AUTHENTICATION: OWN_AFFAIRS,
    SERVICE: OWN_AFFAIRS,
    MARKETING: { ...optIn, quietHours },
    MATCHING: { ...FROM_START, basis: 'OPT_OUT' },
    ADS: optIn,
    ANALYTICS: optIn,
  };
};

/**
 * What is safe where nothing else is known; docs/consent-policy.md gives the reasons in full.
 *
 * - AUTHENTICATION, SERVICE: what a person asked for or has a contract about (GDPR art. 6(1)(b), LGPD art. 7 V).
 * - MATCHING: the business has the number from the person already (GDPR art. 6(1)(f), with the objection of art. 21).
 * - MARKETING: an opt-in first (ePrivacy directive 2002/58/EC art. 13(1)).
 * - ADS, ANALYTICS: consent is the one basis that holds in every country of this list (GDPR art. 6(1)(a), 7).
 */
const CONSERVATIVE = strict(CONFIRMED, NIGHT);

/** Where the courts want more than a ticked box: BGH I ZR 164/09 on § 7 UWG; § 174 TKG 2021. */
const CONFIRMING = ['AT', 'DE'];

/**
 * The rest of the EU's 27, the EEA's three (Decision 154/2018 of its Joint Committee), the UK (UK GDPR, PECR reg. 22) and
 * Switzerland (UWG art. 3(1)(o)).
 */
const EUROPE =
  'BE BG CY CZ DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO GB CH'.split(' ');

/**
 * Written out although some rows are those of `*`: who changes `*` does not mean to change these.
 *
 * - US: marketing texts need prior express written consent (47 CFR 64.1200(a)(2) and (f)(9)); statistics go on until
 *   the person objects, as state law has it (Cal. Civ. Code 1798.120 and 1798.121, opt-out).
 * - IN: promotional messages need the recipient's consent or preference (TCCCPR 2018), and pass the operators by day
 *   only; consent otherwise under DPDP Act 2023 s. 6.
 * - BR: LGPD (Lei 13.709/2018) art. 7 I and 8; of the other bases the wider one is not taken. Hours: SART 01/2019, for
 *   calls.
 */
const BUILT_IN = {
  '*': CONSERVATIVE,
  ...Object.fromEntries(CONFIRMING.map((country) => [country, CONSERVATIVE])),
  ...Object.fromEntries(EUROPE.map((country) => [country, strict(RECORDED, NIGHT)])),
  US: {
    ...strict(RECORDED, NIGHT),
    ANALYTICS: { ...FROM_START, basis: 'OPT_OUT', evidence: RECORDED },
  },
  IN: strict(REGISTERED, { from: '21:00', to: '10:00' }),
  BR: strict(RECORDED, { from: '21:00', to: '09:00' }),
};
