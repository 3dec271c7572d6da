import { Module } from '@nestjs/common';
import { AccountsModule } from '@assent/accounts';
import { ConsentModule } from '@assent/consent';
import { MessagingModule } from '@assent/messaging';
import { PeopleModule } from '@assent/people';
import { Worker } from './worker.js';

/** What runs without being asked. */
@Module({ imports: [AccountsModule, ConsentModule, MessagingModule, PeopleModule], providers: [Worker] })
export class WorkerModule {}
