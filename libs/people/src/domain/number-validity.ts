import { Metadata, type PhoneNumber } from 'libphonenumber-js/max';

/** A numbering plan as libphonenumber-js keeps it, which its types do not tell. */
interface Plan {
  selectNumberingPlan: (countryOrCallingCode: string) => void;
  hasTypes: () => boolean;
  nationalNumberPattern: () => string;
  type: (name: string) => { pattern: () => string; possibleLengths: () => number[] | undefined } | undefined;
}

/** Whether a national number can exist by one numbering plan. */
type Validity = (nationalNumber: string) => boolean;

/** The kinds of numbers that there are. */
const TYPES = [
  'FIXED_LINE',
  'MOBILE',
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'VOIP',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
];

/** By country, or calling code where there is none: some 250 at most. */
const plans = new Map<string, Validity>();

/**
 * Whether a number can exist: what `isValid` of libphonenumber-js answers, by the patterns that it has. It compiles those anew for each
 * number, which takes longer than all else that is done to read one.
 */
export function canExist({ country, countryCallingCode, nationalNumber }: PhoneNumber): boolean {
  const name = country ?? countryCallingCode;
  let valid = plans.get(name);
  if (!valid) {
    valid = validityOf(name);
    plans.set(name, valid);
  }
  return valid(nationalNumber);
}

function validityOf(name: string): Validity {
  const plan = new Metadata() as unknown as Plan;
  plan.selectNumberingPlan(name);
  const any = whole(plan.nationalNumberPattern());
  if (!plan.hasTypes()) return (number) => any.test(number);
  const types = TYPES.flatMap((type) => {
    const found = plan.type(type);
    return found?.pattern() ? [{ pattern: whole(found.pattern()), lengths: found.possibleLengths() }] : [];
  });
  return (number) =>
    any.test(number) &&
    types.some(
      ({ pattern, lengths }) => (!lengths || lengths.includes(number.length)) && pattern.test(number),
    );
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}
