import { Injectable } from '@nestjs/common';
import { ContactStore } from '@assent/matching';
import { lockPerson } from '@assent/people';
import { Database, laneOf, type PersonKey, type Transaction } from '@assent/platform';

/** What is known of a block under the guard of the contact's person. */
export interface BlockLoad {
  person: PersonKey;
  blockedAt: Date | null;
  now: Date;
}

/** Which contacts a business has blocked. */
@Injectable()
export class ContactBlockStore {
  constructor(
    private readonly database: Database,
    private readonly contacts: ContactStore,
  ) {}

  /**
   * Locks the guard of the person behind a contact and reads the block in a later statement; in the role `engine`, since a
   * business's own can not see who that is.
   */
  async lockAndLoad(tx: Transaction, businessId: string, contactId: string): Promise<BlockLoad | undefined> {
    const [known] = await this.contacts.people(tx, businessId, [contactId]);
    if (!known) return undefined;
    const [, contacts, now] = await Promise.all([
      lockPerson(tx, known),
      // Whose person was erased while this waited is none any more.
      tx.rows<{ blocked_at: Date | null }>({
        text: `SELECT s.blocked_at FROM contact c LEFT JOIN contact_state s ON s.lane = c.lane AND s.contact_id = c.id
          WHERE c.lane = $1 AND c.id = $2 AND c.person_id = $3`,
        values: [laneOf(contactId), contactId, known.personId],
      }),
      tx.now(),
    ]);
    const [contact] = contacts;
    return contact && { person: known, blockedAt: contact.blocked_at, now };
  }

  /** Sets or takes back a block, under the guard. */
  async set(tx: Transaction, businessId: string, contactId: string, blockedAt: Date | null): Promise<void> {
    await tx.run({
      text: `INSERT INTO contact_state (lane, contact_id, business_id, blocked_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (lane, contact_id) DO UPDATE SET blocked_at = excluded.blocked_at`,
      values: [laneOf(contactId), contactId, businessId, blockedAt],
    });
  }

  /** Since when each of these contacts is blocked, by id; who is not is left out. */
  async times(businessId: string, contactIds: readonly string[]): Promise<Map<string, Date>> {
    const rows = await this.database.rows<{ contact_id: string; blocked_at: Date }>(
      { role: 'business', businessId },
      {
        text: `SELECT s.contact_id, s.blocked_at FROM unnest($2::smallint[], $3::uuid[]) AS asked (lane, id)
          JOIN contact_state s ON s.lane = asked.lane AND s.contact_id = asked.id
          WHERE s.business_id = $1 AND s.blocked_at IS NOT NULL`,
        values: [businessId, contactIds.map(laneOf), contactIds],
      },
    );
    return new Map(rows.map(({ contact_id, blocked_at }) => [contact_id, blocked_at]));
  }
}
