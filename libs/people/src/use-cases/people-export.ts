import { Injectable } from '@nestjs/common';
import { Database, type ExportRecord, type PersonExport, type PersonKey, publicId } from '@assent/platform';
import { DeviceStore } from '../persistence/device.store.js';
import { PersonStore } from '../persistence/person.store.js';
import { SessionStore } from '../persistence/session.store.js';

/** A person's number, devices and sessions, for that person's own copy; no secret of them, only the person has those. */
@Injectable()
export class PeopleExport implements PersonExport {
  constructor(
    private readonly database: Database,
    private readonly people: PersonStore,
    private readonly devices: DeviceStore,
    private readonly sessions: SessionStore,
  ) {}

  async estimate(): Promise<number> {
    return 1;
  }

  async *export(person: PersonKey): AsyncGenerator<ExportRecord, void, undefined> {
    const scope = { role: 'person', personId: person.personId } as const;
    const [profile, cameAt, devices, sessions] = await this.database.transaction(scope, (tx) =>
      Promise.all([
        this.people.read(tx, person),
        this.people.cameAt(tx, person),
        this.devices.all(tx, person),
        this.sessions.times(tx, person),
      ]),
    );
    yield {
      file: 'profile.json',
      row: {
        personId: person.personId,
        phone: profile.phone,
        country: profile.country,
        verifiedAt: profile.verifiedAt.toISOString(),
        createdAt: cameAt?.toISOString() ?? null,
      },
    };
    for (const { id, name, publicKey, createdAt } of devices) {
      yield {
        file: 'devices.jsonl',
        row: {
          id: publicId('dev', id),
          name,
          publicKey: publicKey.toString('base64'),
          createdAt: createdAt.toISOString(),
        },
      };
    }
    for (const { created_at, expires_at } of sessions) {
      yield {
        file: 'sessions.jsonl',
        row: { createdAt: created_at.toISOString(), expiresAt: expires_at.toISOString() },
      };
    }
  }
}
