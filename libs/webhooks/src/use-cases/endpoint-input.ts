import { BadInputError, isStorable, parsePublicId } from '@assent/platform';
import { Refused } from '@assent/accounts';
import { z } from 'zod';
import { WEBHOOK_REASONS } from '../domain/webhook-reasons.js';
import { readWebhookUrl } from '../domain/webhook-url.js';
import { subscribableTypes } from './payload.js';

/** Where events are posted to. */
export const urlRule = (allowHttp: boolean) =>
  z.string().transform((text, context) => {
    const url = readWebhookUrl(text, allowHttp);
    if (url === undefined) {
      context.addIssue(
        `must be a URL that begins with https://${allowHttp ? ' or http://' : ''}, at most 2048 characters, without user, password and fragment`,
      );
      return z.NEVER;
    }
    return url;
  });

export const descriptionRule = z
  .string()
  .trim()
  .max(200, 'must have at most 200 characters')
  .refine(isStorable, 'must be well-formed text');

/** Types of events; each once, in order. */
export const typesRule = z
  .array(z.string())
  .min(1, 'must name at least one type')
  .max(200, 'must name each type once')
  .transform((types) => [...new Set(types)].sort())
  .superRefine((types, context) => {
    const known = subscribableTypes();
    if (types.some((type) => !known.includes(type))) {
      context.addIssue(`must each be one of ${known.join(', ')}`);
    }
  });

export type EndpointNotFound = Refused<'ENDPOINT_NOT_FOUND'>;

export function endpointNotFound(): EndpointNotFound {
  return new Refused('ENDPOINT_NOT_FOUND', WEBHOOK_REASONS.ENDPOINT_NOT_FOUND.message);
}

/** The UUID of an endpoint; undefined where the text is no such id. */
export function endpointId(text: string): string | undefined {
  return parsePublicId('whk', text);
}

export function badInput(field: string, rule: string): BadInputError {
  return new BadInputError([{ field, rule }]);
}
