import { Injectable } from '@nestjs/common';
import type { PersonViewer } from '@assent/people';
import { Database, hashSecret, KeyRing, newSecret, parseInput, unauthenticated } from '@assent/platform';
import { z } from 'zod';
import { EndPerson } from './end-person.js';

/** What a person writes to show that they mean it. */
const CONFIRMATION = 'ERASE';

const schema = z.object({ confirm: z.literal(CONFIRMATION, `must be the word ${CONFIRMATION}`) });

/** An erasure that has begun. The token is shown this once. */
export interface BegunErasure {
  erasureId: string;
  token: string;
  askedAt: Date;
}

/** Erases the person who asks. When it returns they are gone; what is left is swept up by a worker. */
@Injectable()
export class EraseMe {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly end: EndPerson,
  ) {}

  /** @throws BadInputError; as for a session that has ended where another device was quicker */
  async execute(person: PersonViewer, input: unknown): Promise<BegunErasure> {
    parseInput(schema, input);
    const token = newSecret('ert');
    const tokenHash = hashSecret(this.keys, token);
    const ended = await this.database.transaction({ role: 'eraser' }, (tx) =>
      this.end.execute(tx, person, { cause: 'REQUEST', tokenHash }),
    );
    if (!ended) throw unauthenticated();
    return { erasureId: ended.erasureId, token, askedAt: ended.at };
  }
}
