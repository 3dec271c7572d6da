import type { PhoneNumber } from '@assent/people';
import type { PersonKey } from '@assent/platform';

/** The person behind a test number of a sandbox. */
export interface TestPerson extends PersonKey {
  /** E.164. */
  e164: string;
}

/**
 * Who is behind test numbers; provided by the library that plays them. There is no default: a platform in which nothing
 * provides it would answer test keys as if its test numbers were nobody's.
 */
export abstract class TestPeople {
  /** Before their numbers are looked for: makes those that are not there yet. Numbers that stand for nobody have none. */
  abstract appear(sandboxId: string, numbers: readonly PhoneNumber[]): Promise<TestPerson[]>;

  /** Once they may be contacts: brings each into the state that its number stands for. Doing it again renews what wears off. */
  abstract settle(sandboxId: string, people: readonly TestPerson[]): Promise<void>;
}
