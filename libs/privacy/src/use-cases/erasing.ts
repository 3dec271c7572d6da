import { Injectable } from '@nestjs/common';
import { ConsentErasure } from '@assent/consent';
import { QualityErasure } from '@assent/limits';
import { ContactErasure } from '@assent/matching';
import { MediaErasure } from '@assent/media';
import { MessagingErasure } from '@assent/messaging';
import { ReportErasure } from '@assent/moderation';
import { PeopleErasure } from '@assent/people';
import type { ErasesPerson } from '@assent/platform';
import { ExportErasure } from '../persistence/export-erasure.js';

/** Everything that holds something of a person, in the order in which it lets go: the person themselves at last. */
@Injectable()
export class Erasing {
  readonly parts: readonly ErasesPerson[];

  constructor(
    exports: ExportErasure,
    messaging: MessagingErasure,
    media: MediaErasure,
    contacts: ContactErasure,
    quality: QualityErasure,
    reports: ReportErasure,
    consent: ConsentErasure,
    readonly people: PeopleErasure,
  ) {
    this.parts = [exports, messaging, media, contacts, quality, reports, consent, people];
  }
}
