import { Global, Module } from '@nestjs/common';
import { AccountsModule } from '@assent/accounts';
import { ConsentModule } from '@assent/consent';
import { TestPeople } from '@assent/matching';
import { MediaModule } from '@assent/media';
import { MessagingModule, TestReactions } from '@assent/messaging';
import { PeopleModule } from '@assent/people';
import { PairDebtStore } from './persistence/pair-debt.store.js';
import { TurnStore } from './persistence/turn.store.js';
import { ExpectReactions } from './use-cases/expect-reactions.js';
import { PlayTestPeople } from './use-cases/play-test-people.js';
import { PlayTurns } from './use-cases/play-turns.js';
import { ResetTestMode } from './use-cases/reset-test-mode.js';
import { SweepSandboxes } from './use-cases/sweep-sandboxes.js';

/**
 * Test mode: who is behind test numbers, and what they do. Global, because matching asks for the people behind test numbers,
 * and messaging for what follows when they see a message.
 */
@Global()
@Module({
  imports: [AccountsModule, ConsentModule, MediaModule, MessagingModule, PeopleModule],
  providers: [
    ExpectReactions,
    PairDebtStore,
    PlayTestPeople,
    PlayTurns,
    ResetTestMode,
    SweepSandboxes,
    TurnStore,
    { provide: TestPeople, useExisting: PlayTestPeople },
    { provide: TestReactions, useExisting: ExpectReactions },
  ],
  exports: [PlayTurns, ResetTestMode, SweepSandboxes, TestPeople, TestReactions],
})
export class SandboxModule {}
