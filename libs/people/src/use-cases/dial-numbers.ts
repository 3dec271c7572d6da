import { Injectable } from '@nestjs/common';
import { Configuration, type PersonKey, type Scope, type Transaction } from '@assent/platform';
import { PhoneSeal } from '../persistence/phone-seal.js';

const DAY_MS = 86_400_000;

/** Opens numbers where a carrier must dial, which is the one reason why they are kept at all. */
@Injectable()
export class DialNumbers {
  constructor(
    private readonly seal: PhoneSeal,
    private readonly configuration: Configuration,
  ) {}

  /**
   * The E.164 numbers of people, by their id. Who has not proved theirs within POSSESSION_DAYS is left out: somebody else
   * may have it by now, and is not to read what was meant for them. For a transaction that holds their guards, so none of
   * them is erased meanwhile.
   * @param scope of the transaction: that role can read no numbers, so another one does, and hands back
   */
  async within(tx: Transaction, scope: Scope, people: readonly PersonKey[]): Promise<Map<string, string>> {
    await tx.become({ role: 'gate' });
    const [rows, now] = await Promise.all([
      tx.rows<{ person_id: string; phone_sealed: Buffer; verified_at: Date }>({
        name: 'dial-numbers',
        text: `SELECT n.person_id, n.phone_sealed, n.verified_at
          FROM unnest($1::smallint[], $2::uuid[]) AS asked (lane, person_id)
          JOIN person_number n ON n.lane = asked.lane AND n.person_id = asked.person_id`,
        values: [people.map(({ lane }) => lane), people.map(({ personId }) => personId)],
      }),
      tx.now(),
    ]);
    await tx.become(scope);
    const since = now.getTime() - this.configuration.settings.POSSESSION_DAYS * DAY_MS;
    const proved = rows.filter(({ verified_at }) => verified_at.getTime() >= since);
    return new Map(
      proved.map(({ person_id, phone_sealed }) => [person_id, this.seal.open(person_id, phone_sealed)]),
    );
  }
}
