import { Injectable } from '@nestjs/common';
import { SandboxStore } from '@assent/accounts';
import { Database, type PersonKey } from '@assent/platform';
import type { PhoneNumber } from '../domain/phone-number.js';
import { numberInSandbox } from '../domain/test-number.js';
import { PersonStore } from '../persistence/person.store.js';
import { PhoneCodeStore } from '../persistence/phone-code.store.js';
import { PhoneIndex } from '../persistence/phone-index.js';

/** Makes the person behind a test number, in the sandbox that it is asked for in. Nobody signs in as one. */
@Injectable()
export class MakeTestPerson {
  constructor(
    private readonly database: Database,
    private readonly index: PhoneIndex,
    private readonly codes: PhoneCodeStore,
    private readonly people: PersonStore,
    private readonly sandboxes: SandboxStore,
  ) {}

  /**
   * The person who has the number, made where there is none.
   * Locks as a proof of a number does: the number's row of codes, so that two calls make one person; before it the sandbox.
   * @returns undefined where the sandbox was retired
   */
  async execute(sandboxId: string, { e164, country }: PhoneNumber): Promise<PersonKey | undefined> {
    const number = numberInSandbox(e164, sandboxId);
    const index = this.index.current(number);
    return this.database.transaction({ role: 'gate' }, async (tx) => {
      const [held, , { owner, tombstoneAt }, now] = await Promise.all([
        this.sandboxes.hold(tx, sandboxId),
        this.codes.lockOrMake(tx, index),
        this.people.find(tx, this.index.everyVersion(number)),
        tx.now(),
      ]);
      if (!held) return undefined;
      if (owner?.verifiedAt && !owner.buried) return { lane: owner.lane, personId: owner.personId };
      return this.people.begin(tx, { e164: number, country, index, sandboxId }, [now, tombstoneAt]);
    });
  }
}
