import { z } from 'zod';

const RULE = 'must have 1 to 255 characters';

/** A client's own key for something that it makes. */
export const idempotencyKey = z.string().min(1, RULE).max(255, RULE);
