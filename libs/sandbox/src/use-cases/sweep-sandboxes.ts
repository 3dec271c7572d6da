import { Injectable } from '@nestjs/common';
import { SandboxStore } from '@assent/accounts';
import { EndOfPerson, TestPersonStore } from '@assent/people';
import { Database, type Transaction } from '@assent/platform';

/** People that one round ends. */
const ENDED = 50;

/** Erases the people of sandboxes that were retired, each as a person is erased. Any number of workers may run it. */
@Injectable()
export class SweepSandboxes {
  constructor(
    private readonly database: Database,
    private readonly sandboxes: SandboxStore,
    private readonly people: TestPersonStore,
    private readonly end: EndOfPerson,
  ) {}

  /** One round. @returns whether there may be more to do at once */
  async execute(): Promise<boolean> {
    const sandboxId = await this.asGate((tx) => this.sandboxes.unswept(tx));
    if (!sandboxId) return false;
    const people = await this.asGate((tx) => this.people.some(tx, sandboxId, ENDED));
    for (const person of people) await this.asGate((tx) => this.end.giveWay(tx, person));
    // Whoever came in before it was retired was seen: making a person holds the sandbox until they are there.
    if (people.length === 0) await this.asGate((tx) => this.sandboxes.swept(tx, sandboxId));
    return true;
  }

  private asGate<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.database.transaction({ role: 'gate' }, work);
  }
}
