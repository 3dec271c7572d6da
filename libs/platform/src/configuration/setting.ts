import { z } from 'zod';

/** One variable: what it must be, as the end of a sentence that begins with its name, and an example that is right. */
export interface Setting<T> {
  rule: string;
  example: string;
  schema: z.ZodType<T>;
}

export const setting = <T>(rule: string, example: string, schema: z.ZodType<T>): Setting<T> => ({
  rule,
  example,
  schema,
});

/** A secret of 24 to 64 bytes, as Standard Webhooks asks for, to the end of a text. */
export const WEBHOOK_SECRET =
  /whsec_(?=.{32,88}$)(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** A whole number in a range. */
export const whole = (from: number, to: number, byDefault: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((value) => value >= from && value <= to)
    .default(byDefault);

/** So many whole numbers above 0, with commas between them. */
export const wholes = (length: number, byDefault: number[]) =>
  z
    .string()
    .default(byDefault.join(','))
    .transform((list) => list.split(',').map((item) => Number(item.trim())))
    .refine((list) => list.length === length && list.every((item) => Number.isSafeInteger(item) && item > 0));

/** A URL that more is put behind; in time that grows with its length only, however many slashes it has. */
export const withoutEndingSlashes = (url: string) => url.replace(/(?<!\/)\/+$/, '');
