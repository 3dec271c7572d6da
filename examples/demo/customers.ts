/** The sample customer file, as a business's own program reads it. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** A row of the file. */
export interface Customer {
  externalId: string;
  name: string;
  phone: string;
  country: string;
}

/** A customer whom the demo gives an app. */
export interface Owner extends Customer {
  /** What the person would dial: E.164. */
  number: string;
}

/** What must become of the rows of the file when it is matched. */
export interface Expectation {
  ACCEPTED: number;
  DUPLICATE: number;
  INVALID_NUMBER: number;
}

interface Row {
  external_id: string;
  name: string;
  phone: string;
  country: string;
}

/** All rows, as they are. */
export function readCustomers(): Customer[] {
  const text = readFileSync(new URL('../customers.csv', import.meta.url), 'utf8');
  return parse<Row>(text, { columns: true }).map(({ external_id, ...row }) => ({
    externalId: external_id,
    ...row,
  }));
}

/** The customers behind the file, each once, and what matching must answer. */
export function examine(customers: Customer[]): { owners: Owner[]; expected: Expectation } {
  const owners: Owner[] = [];
  const seen = new Set<string>();
  const expected = { ACCEPTED: 0, DUPLICATE: 0, INVALID_NUMBER: 0 };
  for (const customer of customers) {
    const number = numberOf(customer);
    if (!number) expected.INVALID_NUMBER += 1;
    else if (seen.has(number) || seen.has(customer.externalId)) expected.DUPLICATE += 1;
    else {
      expected.ACCEPTED += 1;
      owners.push({ ...customer, number });
      seen.add(number).add(customer.externalId);
    }
  }
  return { owners, expected };
}

/** Numbers that are set aside for tests of businesses: nobody has one. */
const SET_ASIDE = /^\+1\d{3}55501\d\d$/;

/** Whether somebody can prove that the number is theirs. */
export function canJoin({ number }: Owner): boolean {
  return !SET_ASIDE.test(number);
}

function numberOf({ phone, country }: Customer): string | undefined {
  const options = { ...(country ? { defaultCountry: country as CountryCode } : {}), extract: false };
  // People write 00 for the plus sign, except in North America and Brazil.
  const number = parsePhoneNumberFromString(phone.replace(/^00/, '+'), options);
  return number?.isValid() && !number.ext ? number.number : undefined;
}
