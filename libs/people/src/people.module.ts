import { Module } from '@nestjs/common';
import { AuthenticatePerson } from './use-cases/authenticate-person.js';

@Module({ providers: [AuthenticatePerson], exports: [AuthenticatePerson] })
export class PeopleModule {}
