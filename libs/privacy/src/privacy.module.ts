import { Global, Module } from '@nestjs/common';
import { ConsentModule, NoticesModule } from '@assent/consent';
import { LimitsModule } from '@assent/limits';
import { MatchingModule } from '@assent/matching';
import { MediaModule } from '@assent/media';
import { MessagingModule } from '@assent/messaging';
import { ModerationModule } from '@assent/moderation';
import { EndOfPerson, PeopleModule } from '@assent/people';
import { ExportErasure } from './persistence/export-erasure.js';
import { ExportStore } from './persistence/export.store.js';
import { ExportVault } from './persistence/export-vault.js';
import { ErasureStore } from './persistence/erasure.store.js';
import { BuildExports } from './use-cases/build-exports.js';
import { ComposeExport } from './use-cases/compose-export.js';
import { ForgetExports } from './use-cases/forget-exports.js';
import { ReadExports } from './use-cases/read-exports.js';
import { RequestExport } from './use-cases/request-export.js';
import { EndPerson } from './use-cases/end-person.js';
import { EraseMe } from './use-cases/erase-me.js';
import { Erasing } from './use-cases/erasing.js';
import { ReadErasure } from './use-cases/read-erasure.js';
import { SweepErasures } from './use-cases/sweep-erasures.js';

/**
 * What the platform holds about one person, composed from what each library below offers: export and erasure. Global,
 * because the people library at the bottom asks for the end of whoever had a number before.
 */
@Global()
@Module({
  imports: [
    PeopleModule,
    ConsentModule,
    LimitsModule,
    MatchingModule,
    MediaModule,
    MessagingModule,
    ModerationModule,
    NoticesModule,
  ],
  providers: [
    BuildExports,
    ComposeExport,
    EndPerson,
    EraseMe,
    Erasing,
    ErasureStore,
    ExportErasure,
    ExportStore,
    ExportVault,
    ForgetExports,
    ReadErasure,
    ReadExports,
    RequestExport,
    SweepErasures,
    { provide: EndOfPerson, useExisting: EndPerson },
  ],
  exports: [
    BuildExports,
    EndOfPerson,
    EraseMe,
    ForgetExports,
    ReadErasure,
    ReadExports,
    RequestExport,
    SweepErasures,
  ],
})
export class PrivacyModule {}
