import { textRule } from '@assent/accounts';

export { idRule, textRule } from '@assent/accounts';

/** Why an admin does something: the business reads it. */
export const reasonRule = textRule(1_000);
