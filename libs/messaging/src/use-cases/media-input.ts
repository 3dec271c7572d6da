import { parsePublicId } from '@assent/platform';
import { z } from 'zod';

const FILE_NAME_RULE = 'must have 1 to 240 characters, and no control characters or slashes';

/** A medium that is to go with a message; its id is null where it was none. */
export interface AskedMedia {
  id: string | null;
  name: string | null;
}

/** Whether there is such a one is for a decision to say: it refuses the message, and not all that come with it. */
export const mediaSchema = z
  .object({
    id: z
      .string()
      .max(60, 'must be the id of a medium')
      .transform((text) => parsePublicId('med', text) ?? null),
    name: z
      .string()
      .regex(/^[^\p{C}/\\]{1,240}$/u, FILE_NAME_RULE)
      .nullish(),
  })
  .transform(({ id, name }): AskedMedia => ({ id, name: name ?? null }));
