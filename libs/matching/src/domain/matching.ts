/** What became of one customer of a call. Whether the number was matched is not among the answers. */
export const MatchOutcome = {
  ACCEPTED: 'ACCEPTED',
  INVALID_NUMBER: 'INVALID_NUMBER',
  DUPLICATE: 'DUPLICATE',
} as const;
export type MatchOutcome = keyof typeof MatchOutcome;

/** A customer of a call, number read. */
export interface ReadCustomer {
  /** The business's own name for the customer. */
  externalId: string;
  /** Undefined where the text was no number. */
  e164: string | undefined;
}

/** A customer whose number is looked for. */
export type AskedCustomer<Customer extends ReadCustomer> = Customer & { e164: string };

/**
 * Sorts out the customers of a call, in order: who has no valid number, whose number or external id appeared earlier in
 * the call, and who is looked for.
 */
export function sortOut<Customer extends ReadCustomer>(
  customers: readonly Customer[],
): { outcomes: MatchOutcome[]; asked: AskedCustomer<Customer>[] } {
  const externalIds = new Set<string>();
  const numbers = new Set<string>();
  const asked: AskedCustomer<Customer>[] = [];
  const outcomes = customers.map((customer) => {
    const { externalId, e164 } = customer;
    const seen = externalIds.has(externalId) || (e164 !== undefined && numbers.has(e164));
    externalIds.add(externalId);
    if (!hasNumber(customer)) return MatchOutcome.INVALID_NUMBER;
    numbers.add(customer.e164);
    if (seen) return MatchOutcome.DUPLICATE;
    asked.push(customer);
    return MatchOutcome.ACCEPTED;
  });
  return { outcomes, asked };
}

function hasNumber<Customer extends ReadCustomer>(customer: Customer): customer is AskedCustomer<Customer> {
  return customer.e164 !== undefined;
}
