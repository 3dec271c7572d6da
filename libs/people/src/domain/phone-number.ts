import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { canExist } from './number-validity.js';

/** A phone number in its one canonical form. */
export interface PhoneNumber {
  /** E.164 (ITU-T): a plus sign and up to 15 digits. */
  e164: string;
  /** ISO 3166-1 alpha-2; undefined for numbers of no country, such as +800. */
  country: string | undefined;
}

/** Longest text that is looked at. */
export const MOST_PHONE_CHARACTERS = 40;

const E164 = /^\+[1-9]\d{6,14}$/;

/** Whether a text is the ISO 3166-1 alpha-2 code of a country with a numbering plan. */
export function isCountry(text: string): boolean {
  return isSupportedCountry(text);
}

/**
 * The number that a text stands for, as people write numbers: with spaces, dashes, brackets, `+` or `00`, in the
 * national form of `defaultCountry`, in full-width or Arabic-Indic digits. Undefined where it is not a number that
 * can exist, by the numbering plans of libphonenumber, or has anything else with it, such as an extension.
 */
export function parsePhone(text: string, defaultCountry?: string): PhoneNumber | undefined {
  if (text.length > MOST_PHONE_CHARACTERS) return undefined;
  // As most lists hold them: nothing in it to be cleaned, and no country has a say in how it is read.
  if (E164.test(text)) return parseAs(text, undefined);
  // Numbers that are copied from a contact list often come wrapped in invisible marks of writing direction.
  const written = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/^\s*tel:/i, '')
    .trim();
  // 00 is read as + only where the country does not give it another meaning, as Brazil's choice of a carrier.
  return parseAs(written, defaultCountry) ?? parseAs(written.replace(/^\D*[0٠۰]{2}/, '+'), undefined);
}

function parseAs(text: string, country: string | undefined): PhoneNumber | undefined {
  const defaultCountry = country !== undefined && isSupportedCountry(country) ? country : undefined;
  const parsed = parsePhoneNumberFromString(text, { defaultCountry, extract: false });
  // Some plans hold voicemail and service numbers of fewer digits, which nobody abroad can call.
  if (!parsed || !canExist(parsed) || parsed.ext !== undefined || !E164.test(parsed.number)) return undefined;
  return { e164: parsed.number, country: parsed.country };
}
