import type { Parameter } from './parameters.js';

/** What a message is for, of the purposes that people consent to. */
export const MessagePurpose = {
  AUTHENTICATION: 'AUTHENTICATION',
  SERVICE: 'SERVICE',
  MARKETING: 'MARKETING',
} as const;
export type MessagePurpose = keyof typeof MessagePurpose;

/** Where a version is on its way. */
export const VersionState = {
  DRAFT: 'DRAFT',
  IN_REVIEW: 'IN_REVIEW',
  APPROVED: 'APPROVED',
  REJECTED: 'REJECTED',
} as const;
export type VersionState = keyof typeof VersionState;

/** What a template can do now. */
export const TemplateState = { ...VersionState, PAUSED: 'PAUSED', DISABLED: 'DISABLED' } as const;
export type TemplateState = keyof typeof TemplateState;

/** A text in one language. */
export interface TemplateText {
  /** BCP 47, canonical. */
  language: string;
  /** ICU MessageFormat. */
  body: string;
}

/** What a business writes. */
export interface TemplateContent {
  defaultLanguage: string;
  texts: TemplateText[];
  parameters: Parameter[];
}

/** One version of a template; its content can not change once it was submitted. */
export interface TemplateVersion extends TemplateContent {
  id: string;
  nr: number;
  state: VersionState;
  createdAt: Date;
  submittedAt: Date | null;
  decidedAt: Date | null;
  decidedBy: string | null;
  /** Why it was rejected, for the business. */
  reason: string | null;
}

/** A template with what it can do now. */
export interface Template {
  id: string;
  businessId: string;
  name: string;
  purpose: MessagePurpose;
  state: TemplateState;
  createdAt: Date;
  /** The version that sends; null: none was approved yet. */
  sendingVersionId: string | null;
  /** In the future while it is PAUSED. */
  pausedUntil: Date | null;
  disabledAt: Date | null;
  /** Why it was paused or disabled last, for the business. */
  stoppedBecause: string | null;
  /** Newest first. */
  versions: TemplateVersion[];
}

/** An appeal against a rejection, or against the disabling of a template. */
export interface TemplateAppeal {
  id: string;
  templateId: string;
  /** The rejected version; null where the template was disabled. */
  versionId: string | null;
  disabledAt: Date | null;
  words: string;
  madeAt: Date;
  /** Null while nobody has decided. */
  upheld: boolean | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  reason: string | null;
}

/** The newest version: what an edit goes on from. */
export function newestOf({ versions }: { versions: readonly TemplateVersion[] }): TemplateVersion {
  const [newest] = versions;
  if (!newest) throw new Error('A template has a version from its beginning');
  return newest;
}

/** Whether two contents are the same to whoever reads or sends them. */
export function sameContent(one: TemplateContent, other: TemplateContent): boolean {
  return canonical(one) === canonical(other);
}

function canonical({ defaultLanguage, texts, parameters }: TemplateContent): string {
  const sorted = [...texts].sort((a, b) => (a.language < b.language ? -1 : 1));
  return JSON.stringify([
    defaultLanguage,
    sorted.map(({ language, body }) => [language, body]),
    parameters.map(({ name, type, domain, example }) => [name, type, domain, example]),
  ]);
}
