/**
 * What must never stand in a log, a metric, a trace, a webhook or a file of the database. It is known by its form, so that nobody has to keep a list: numbers
 * are those of test/support/builders/people.ts, the text is what tests send where they do not say what.
 */
const FORBIDDEN = {
  'a phone number': /(?<!\d)(?:\+|00)?49151\d{8}(?!\d)|(?<!\d)0151\d{8}(?!\d)/,
  'a secret': /(?:ak_live|ak_test|mst|pst|adt|ert|sot)_[\w-]{49}|whsec_[\w+/=-]{32}/,
  'a text of a message': /Your order is on its way\./,
} satisfies Record<string, RegExp>;

export type Forbidden = keyof typeof FORBIDDEN;

/**
 * What a text holds that it must not, by what it is: never the thing itself.
 *
 * @param mayHold what it is there to tell
 */
export function leaksIn(where: string, text: string, mayHold: readonly Forbidden[] = []): string[] {
  return (Object.keys(FORBIDDEN) as Forbidden[]).flatMap((what) =>
    FORBIDDEN[what].test(text) && !mayHold.includes(what) ? [`${what} in ${where}`] : [],
  );
}
