import type { ConsentScope, Recognised } from '@assent/consent';

/** What a person's words about messages were understood as. */
export const Understood = {
  STOP: 'STOP',
  START: 'START',
  HELP: 'HELP',
  STOP_REQUEST: 'STOP_REQUEST',
} as const;
export type Understood = keyof typeof Understood;

export function understoodAs(said: Recognised): Understood {
  return said.kind === 'KEYWORD' ? said.action : 'STOP_REQUEST';
}

/**
 * Which scope words to a business are about; null: none. A keyword is about all of that business. A sentence stops its
 * marketing at once, and no more until the person has answered how far it was meant to go: what they are waiting for
 * from the business should not be lost to a guess.
 */
export function scopeOfWords(said: Recognised, businessId: string): ConsentScope | null {
  if (said.kind === 'FREE_TEXT') return { businessId, purpose: 'MARKETING' };
  return said.action === 'HELP' ? null : { businessId, purpose: null };
}
