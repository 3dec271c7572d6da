import { Module } from '@nestjs/common';
import { AccountsModule } from '@assent/accounts';
import { AuditModule } from '@assent/ledger';
import { CarriersModule } from '@assent/carriers';
import { ConsentModule } from '@assent/consent';
import { LimitsModule } from '@assent/limits';
import { MatchingModule } from '@assent/matching';
import { MediaModule } from '@assent/media';
import { MessagingModule } from '@assent/messaging';
import { PeopleModule } from '@assent/people';
import { PrivacyModule } from '@assent/privacy';
import { WebhooksModule } from '@assent/webhooks';
import { SandboxModule } from '@assent/sandbox';
import { BacklogMeters } from './backlog-meters.js';
import { HandOverLoops } from './hand-over-loops.js';
import { Worker } from './worker.js';

/** What runs without being asked. */
@Module({
  imports: [
    AccountsModule,
    AuditModule,
    CarriersModule,
    ConsentModule,
    LimitsModule,
    MatchingModule,
    MediaModule,
    MessagingModule,
    PeopleModule,
    PrivacyModule,
    WebhooksModule,
    SandboxModule,
  ],
  providers: [BacklogMeters, HandOverLoops, Worker],
})
export class WorkerModule {}
