import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * 555-0100 to 555-0199 of an area code of the United States: set aside for fiction, so no carrier gives them to anybody
 * (ATIS-0300115, 555 NXX Line Number Reference Document). They keep the numbering plan, so the checks of numbers that stand between a
 * business's forms and this API let them pass. Of toll-free codes only one such number is set aside: those are left out.
 */
const SET_ASIDE = /^\+1[2-9]\d\d55501(\d\d)$/;

/** The last two digits of a test number, which say what it does; undefined for every other number. */
export function testNumberEnding(e164: string): string | undefined {
  const ending = SET_ASIDE.exec(e164)?.[1];
  if (ending === undefined) return undefined;
  const number = parsePhoneNumberFromString(e164);
  return number?.country === 'US' && number.getType() === 'FIXED_LINE_OR_MOBILE' ? ending : undefined;
}

/**
 * What stands in a number's place behind a test number: the same digits are somebody else in every sandbox, and nobody
 * outside of one.
 */
export function numberInSandbox(e164: string, sandboxId: string): string {
  return `${e164};sandbox=${sandboxId}`;
}

/** The digits of a number in a sandbox. */
export function numberWithoutSandbox(number: string): string {
  return number.split(';')[0] ?? '';
}
