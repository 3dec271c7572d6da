import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import type { PersonViewer } from '../domain/person-viewer.js';
import { type Person, PersonStore } from '../persistence/person.store.js';

/** Reads the person who asks. */
@Injectable()
export class ReadPerson {
  constructor(
    private readonly database: Database,
    private readonly people: PersonStore,
  ) {}

  async execute({ lane, personId }: PersonViewer): Promise<Person> {
    return this.database.transaction({ role: 'person', personId }, (tx) =>
      this.people.read(tx, { lane, personId }),
    );
  }
}
