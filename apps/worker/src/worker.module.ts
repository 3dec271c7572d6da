import { Module } from '@nestjs/common';
import { ConsentModule } from '@assent/consent';
import { MessagingModule } from '@assent/messaging';
import { PeopleModule } from '@assent/people';
import { Worker } from './worker.js';

/** What runs without being asked. */
@Module({ imports: [ConsentModule, MessagingModule, PeopleModule], providers: [Worker] })
export class WorkerModule {}
