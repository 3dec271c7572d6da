import { Injectable } from '@nestjs/common';
import { type ConsentFact, ConsentStore, LiftStop, type Recognised, RecordStop } from '@assent/consent';
import { Database, type PersonKey } from '@assent/platform';
import { scopeOfWords } from '../domain/words.js';

/** Does what a person's words to a business ask for: STOP, START, or a sentence that asks to stop. */
@Injectable()
export class StopByWords {
  constructor(
    private readonly database: Database,
    private readonly stops: RecordStop,
    private readonly lifts: LiftStop,
    private readonly consents: ConsentStore,
  ) {}

  /**
   * When it returns, what was asked for holds. START lifts the stop of this business at this very scope, and opts in to
   * nothing.
   * @returns whether it was a stop that was not in force before
   */
  async heed(writer: PersonKey, businessId: string, said: Recognised): Promise<boolean> {
    const scope = scopeOfWords(said, businessId);
    if (!scope) return false;
    if (said.kind === 'KEYWORD' && said.action === 'START') {
      await this.lifts.execute(writer, scope, 'keyword');
      return false;
    }
    const source = said.kind === 'KEYWORD' ? 'keyword' : 'free-text';
    return !(await this.stops.execute(writer, scope, source)).wasStanding;
  }

  /** What the person last said in the scope that the words are about; null: nothing, or they are about none. */
  async standing(writer: PersonKey, businessId: string, said: Recognised): Promise<ConsentFact | null> {
    const scope = scopeOfWords(said, businessId);
    if (!scope) return null;
    const word = await this.database.transaction({ role: 'person', personId: writer.personId }, (tx) =>
      this.consents.lastWord(tx, writer, businessId, scope.purpose ?? 'EVERYTHING'),
    );
    return word ?? null;
  }
}
