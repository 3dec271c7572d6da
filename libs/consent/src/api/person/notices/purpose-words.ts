import type { Purpose } from '../../../domain/purpose.js';

/** What each purpose is, in words that fit into a sentence. */
export const PURPOSE_WORDS: Record<Purpose, string> = {
  AUTHENTICATION: 'codes and confirmations',
  SERVICE: 'service messages',
  MARKETING: 'offers and news',
  MATCHING: 'being found by your number',
  ADS: 'ads',
  ANALYTICS: 'being counted in statistics',
};
