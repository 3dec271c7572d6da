import { refused } from '../decision.js';
import type { DispatchFacts } from '../facts.js';
import type { Gate } from './gate.js';

/**
 * What a person is to read has a limit, also where a template lets it grow with its values; and it answers nothing but what
 * both sides have before them, and goes with nothing but what is there.
 */
export const contentGate: Gate<DispatchFacts> = ({ template, inReplyTo, media }) => {
  if (inReplyTo && !inReplyTo.known) return refused('REPLY_UNKNOWN');
  if (media && !media.known) return refused('MEDIA_UNKNOWN');
  return template?.misfit?.kind === 'TOO_LONG' ? refused('CONTENT_TOO_LONG') : undefined;
};
