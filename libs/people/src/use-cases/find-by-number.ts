import { Injectable } from '@nestjs/common';
import { Configuration, Database, type PersonKey } from '@assent/platform';
import { PersonStore } from '../persistence/person.store.js';
import { PhoneIndex } from '../persistence/phone-index.js';

/** Whose number it is. */
export interface NumberOwner extends PersonKey {
  /**
   * They proved it within POSSESSION_DAYS. If not, somebody else may have the number by now: heed their stops, and do nothing
   * else in this person's name.
   */
  proved: boolean;
}

const DAY_MS = 86_400_000;

/** Finds a person by their number, for what comes from a carrier. Never with numbers that a business names. */
@Injectable()
export class FindByNumber {
  constructor(
    private readonly database: Database,
    private readonly people: PersonStore,
    private readonly index: PhoneIndex,
    private readonly configuration: Configuration,
  ) {}

  /** @param e164 the number in its canonical form @returns undefined where it is nobody's */
  async execute(e164: string): Promise<NumberOwner | undefined> {
    const [{ owner }, now] = await this.database.transaction({ role: 'gate' }, (tx) =>
      Promise.all([this.people.find(tx, this.index.everyVersion(e164)), tx.now()]),
    );
    if (!owner?.verifiedAt || owner.buried) return undefined;
    const { lane, personId, verifiedAt } = owner;
    const { POSSESSION_DAYS } = this.configuration.settings;
    return { lane, personId, proved: now.getTime() - verifiedAt.getTime() <= POSSESSION_DAYS * DAY_MS };
  }
}
