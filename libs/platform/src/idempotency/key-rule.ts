import { z } from 'zod';
import { isStorable } from '../errors/texts.js';

const RULE = 'must have 1 to 255 characters';
/** What PostgreSQL can not store, or stores as another text: two keys would be one. */
const STORABLE_RULE = 'must be well-formed Unicode without zero bytes';

/** A client's own key for something that it makes. */
export const idempotencyKey = z.string().min(1, RULE).max(255, RULE).refine(isStorable, STORABLE_RULE);
