import { Global, Module } from '@nestjs/common';
import { ConsentModule } from '@assent/consent';
import { MatchingModule } from '@assent/matching';
import { MessagingModule } from '@assent/messaging';
import { EndOfPerson, PeopleModule } from '@assent/people';
import { ErasureStore } from './persistence/erasure.store.js';
import { EndPerson } from './use-cases/end-person.js';
import { Erasing } from './use-cases/erasing.js';

/**
 * What the platform holds about one person, composed from what each library below offers: export and erasure. Global,
 * because the people library at the bottom asks for the end of whoever had a number before.
 */
@Global()
@Module({
  imports: [PeopleModule, ConsentModule, MatchingModule, MessagingModule],
  providers: [EndPerson, Erasing, ErasureStore, { provide: EndOfPerson, useExisting: EndPerson }],
  exports: [EndOfPerson],
})
export class PrivacyModule {}
