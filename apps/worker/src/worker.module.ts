import { Module } from '@nestjs/common';

/** What runs without being asked: dispatch, and the upkeep of partitions. */
@Module({})
export class WorkerModule {}
