import { Injectable } from '@nestjs/common';
import { ConsentErasure } from '@assent/consent';
import { ContactErasure } from '@assent/matching';
import { MessagingErasure } from '@assent/messaging';
import { PeopleErasure } from '@assent/people';
import type { ErasesPerson } from '@assent/platform';

/** Everything that holds something of a person, in the order in which it lets go: the person themselves at last. */
@Injectable()
export class Erasing {
  readonly parts: readonly ErasesPerson[];

  constructor(
    messaging: MessagingErasure,
    contacts: ContactErasure,
    consent: ConsentErasure,
    readonly people: PeopleErasure,
  ) {
    this.parts = [messaging, contacts, consent, people];
  }
}
