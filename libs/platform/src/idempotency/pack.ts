import { resultClass } from '../graphql/refusal.js';

/** No name of a field begins so. */
const DATE = '\0date';
const BYTES = '\0bytes';
const CLASS = '\0class';

/** An answer of a resolver as text: plain data, times, bytes, and members of result unions, whose class says what they are. */
export function pack(answer: object): string {
  return JSON.stringify(
    answer,
    function (this: Record<string, unknown>, name: string, json: unknown): unknown {
      const value = name === '' ? json : this[name]; // before Date and Buffer make texts of themselves
      if (value instanceof Date) return { [DATE]: value.getTime() };
      if (value instanceof Uint8Array) return { [BYTES]: Buffer.from(value).toString('base64') };
      if (typeof value !== 'object' || value === null || Object.hasOwn(value, CLASS)) return json;
      const prototype: unknown = Object.getPrototypeOf(value);
      const of = value.constructor.name;
      return resultClass(of)?.prototype === prototype ? { [CLASS]: of, value: { ...value } } : json;
    },
  );
}

/** The answer that `pack` made a text of. */
export function unpack(text: string): object {
  return JSON.parse(text, (_, value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const packed = value as Record<string, unknown>;
    if (DATE in packed) return new Date(packed[DATE] as number);
    if (BYTES in packed) return Buffer.from(packed[BYTES] as string, 'base64');
    if (!(CLASS in packed)) return value;
    const of = resultClass(packed[CLASS] as string);
    if (!of) throw new Error(`There is no result ${String(packed[CLASS])}`);
    return Object.assign(Object.create(of.prototype as object) as object, packed['value']);
  }) as object;
}
