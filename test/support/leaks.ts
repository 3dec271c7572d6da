/**
 * What must never stand in a log, a metric, a trace, a webhook or a file of the database. It is known by its form, so that nobody has to keep a list: numbers
 * are those of test/support/builders/people.ts, the text is what tests send where they do not say what.
 */
const FORBIDDEN = {
  'a phone number': /(?<!\d)(?:\+|00)?49151\d{8}(?!\d)|(?<!\d)0151\d{8}(?!\d)/,
  'a secret': /(?:ak_live|ak_test|mst|pst|adt|ert|sot)_[\w-]{49}|whsec_[\w+/=-]{32}/,
  'a text of a message': /Your order is on its way\./,
} satisfies Record<string, RegExp>;

/** Ids of traces and spans, and UUIDs: now and then the digits in one read like a number. */
const IDS = /"(?:[0-9a-f]{32}|[0-9a-f]{16})"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

export type Forbidden = keyof typeof FORBIDDEN;

/**
 * What a text holds that it must not, by what it is: never the thing itself.
 *
 * @param mayHold what it is there to tell
 */
export function leaksIn(where: string, text: string, mayHold: readonly Forbidden[] = []): string[] {
  return (Object.keys(FORBIDDEN) as Forbidden[])
    .filter((what) => !mayHold.includes(what) && FORBIDDEN[what].test(text))
    .filter((what) => FORBIDDEN[what].test(text.replace(IDS, '')))
    .map((what) => `${what} in ${where}`);
}
