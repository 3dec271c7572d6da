import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { makeCustomers } from '../../examples/make-customers.js';

interface Row {
  external_id: string;
  name: string;
  phone: string;
  country: string;
}

const text = readFileSync(join(import.meta.dirname, '../../examples/customers.csv'), 'utf8');
const rows = parse<Row>(text, { columns: true });
const valid = rows.flatMap((row) => {
  const number = e164(row);
  return number ? [{ ...row, number }] : [];
});

/** What libphonenumber makes of a row; 00 is how people write + outside of North America and Brazil. */
function e164({ phone, country }: Row): string | undefined {
  const number = parsePhoneNumberFromString(phone.replace(/^00/, '+'), {
    ...(country ? { defaultCountry: country as 'DE' } : {}),
    extract: false,
  });
  return number?.isValid() && !number.ext ? number.number : undefined;
}

describe('the sample customer file', () => {
  it('is what its generator makes, each time', () => {
    expect(makeCustomers()).toBe(text);
  });

  it('has at least 1,000 customers of eight countries', () => {
    expect(text.split('\n')[0]).toBe('external_id,name,phone,country');
    expect(rows.length).toBeGreaterThanOrEqual(1_000);
    const countries = new Set(rows.map(({ country }) => country));
    for (const country of ['DE', 'US', 'IN', 'BR', 'ES', 'FR', 'PT', 'GB'])
      expect(countries).toContain(country);
    expect(rows.every(({ name, external_id }) => name !== '' && external_id !== '')).toBe(true);
  });

  it('has numbers as people write them', () => {
    const share = (form: RegExp) => valid.filter(({ phone }) => form.test(phone)).length / valid.length;
    expect(share(/^\+/)).toBeGreaterThan(0.2);
    expect(share(/^00/)).toBeGreaterThan(0.05);
    expect(share(/^0[1-9]|^\(0/)).toBeGreaterThan(0.2);
    for (const form of [/ /, /-/, /\./, /\(/, /\//, /\(0\)/, /^\d+$/])
      expect(share(form)).toBeGreaterThan(0.01);
  });

  it('has about 3 % that are no numbers, and nothing that a call would not take', () => {
    const share = (rows.length - valid.length) / rows.length;
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.04);
    expect(Math.max(...rows.map(({ phone }) => phone.length))).toBeLessThanOrEqual(40);
  });

  it('has about 2 % duplicates: numbers in another form, and a few external ids', () => {
    const numbers = new Map<string, Row[]>();
    for (const row of valid) numbers.set(row.number, [...(numbers.get(row.number) ?? []), row]);
    const twice = [...numbers.values()].filter((same) => same.length > 1);
    const share = twice.length / rows.length;
    expect(share).toBeGreaterThan(0.01);
    expect(share).toBeLessThan(0.03);
    const otherForm = twice.filter((same) => new Set(same.map(({ phone }) => phone)).size > 1);
    expect(otherForm.length).toBeGreaterThan(10);
    expect(new Set(rows.map(({ external_id }) => external_id)).size).toBeLessThan(rows.length);
  });

  it('reaches nobody in Germany, France, Britain and the United States: their ranges are kept for fiction', () => {
    const fiction = new RegExp(
      '^\\+(?:49(?:17139200|176040690|3023125|6990009|4066969|2214710|8999998)|33(?:19900|26191|35301|46571|53649)' +
        '|44(?:2079460|(?:161|121|131|141|117)4960|2920180|2890180)|1\\d{3}55501)',
    );
    const theirs = valid.filter(({ number }) => /^\+(?:49|33|44|1)/.test(number));
    expect(theirs.length).toBeGreaterThan(500);
    expect(theirs.filter(({ number }) => !fiction.test(number))).toEqual([]);
  });
});
