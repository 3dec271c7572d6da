import { Module } from '@nestjs/common';
import { PolicyStore } from './persistence/policy.store.js';

/** The consent policy in force, for every library that decides by it. */
@Module({ providers: [PolicyStore], exports: [PolicyStore] })
export class ConsentPolicyModule {}
