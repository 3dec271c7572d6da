import { Module } from '@nestjs/common';
import { ConsentModule } from '@assent/consent';
import { MatchingModule } from '@assent/matching';
import { MessagingModule } from '@assent/messaging';
import { PeopleModule } from '@assent/people';

/** What the platform holds about one person, composed from what each library below offers: export and erasure. */
@Module({ imports: [PeopleModule, ConsentModule, MatchingModule, MessagingModule] })
export class PrivacyModule {}
