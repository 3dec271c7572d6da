/** What shows that a person gave an opt-in somewhere else than in their app. */
export const EvidenceKind = {
  WEB_FORM: 'WEB_FORM',
  DOUBLE_OPT_IN: 'DOUBLE_OPT_IN',
  PAPER_FORM: 'PAPER_FORM',
  VOICE_RECORDING: 'VOICE_RECORDING',
  IN_PERSON: 'IN_PERSON',
  SMS_KEYWORD: 'SMS_KEYWORD',
  CONTRACT: 'CONTRACT',
  OTHER: 'OTHER',
  /** An earlier entry of the ledger, which `reference` names: an opt-in that the person takes up again. */
  LEDGER: 'LEDGER',
} as const;

export type EvidenceKind = keyof typeof EvidenceKind;

/** What an opt-in that a business imports may rest on: what the ledger holds is not for a business to name. */
export const ImportEvidence = {
  WEB_FORM: 'WEB_FORM',
  DOUBLE_OPT_IN: 'DOUBLE_OPT_IN',
  PAPER_FORM: 'PAPER_FORM',
  VOICE_RECORDING: 'VOICE_RECORDING',
  IN_PERSON: 'IN_PERSON',
  SMS_KEYWORD: 'SMS_KEYWORD',
  CONTRACT: 'CONTRACT',
  OTHER: 'OTHER',
} as const satisfies Partial<Record<EvidenceKind, EvidenceKind>>;

export type ImportEvidence = keyof typeof ImportEvidence;

/** What an opt-in rests on. */
export interface Evidence {
  kind: EvidenceKind;
  /** When the person gave it: its term runs from here, not from when it was recorded. */
  at: Date;
  /** SHA-256, in hex, of the wording that the person agreed to. */
  wordingHash: string | null;
  /** Where whoever recorded it finds it again; at most 255 characters. */
  reference: string | null;
}
