import { Module } from '@nestjs/common';
import { PeopleModule } from '../../people.module.js';
import { DeviceResolver } from './device.resolver.js';
import { SignInResolver } from './sign-in.resolver.js';

/** Proving a number, and one's devices. */
@Module({ imports: [PeopleModule], providers: [SignInResolver, DeviceResolver] })
export class PeoplePersonApiModule {}
