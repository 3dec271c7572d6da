import { Module } from '@nestjs/common';
import { AccountsModule } from '@assent/accounts';
import './api/events/template-state.event.js';
import { PauseStore } from './persistence/pause.store.js';
import { ReviewStore } from './persistence/review.store.js';
import { SendingTemplatesStore } from './persistence/sending-templates.store.js';
import { TemplateEvents } from './persistence/template-events.js';
import { TemplateStore } from './persistence/template.store.js';
import { AppealTemplate } from './use-cases/appeal-template.js';
import { CreateTemplate } from './use-cases/create-template.js';
import { DeleteTemplate } from './use-cases/delete-template.js';
import { EditTemplate } from './use-cases/edit-template.js';
import { FindHiddenLinks } from './use-cases/hidden-links.js';
import { NameTemplates } from './use-cases/name-templates.js';
import { PauseTemplate } from './use-cases/pause-template.js';
import { PreviewTemplate } from './use-cases/preview-template.js';
import { ReadReviewQueue } from './use-cases/read-review-queue.js';
import { ReadTemplates } from './use-cases/read-templates.js';
import { ReviewTemplate } from './use-cases/review-template.js';
import { SubmitTemplate } from './use-cases/submit-template.js';
import { TemplateTexts } from './use-cases/template-texts.js';
import { UnpauseTemplate } from './use-cases/unpause-template.js';

const USE_CASES = [
  AppealTemplate,
  CreateTemplate,
  DeleteTemplate,
  EditTemplate,
  FindHiddenLinks,
  NameTemplates,
  PauseTemplate,
  PreviewTemplate,
  ReadReviewQueue,
  ReadTemplates,
  ReviewTemplate,
  SubmitTemplate,
  TemplateTexts,
  UnpauseTemplate,
];

/** Templates: what they say, their review, and the one rendering. */
@Module({
  imports: [AccountsModule],
  providers: [PauseStore, ReviewStore, SendingTemplatesStore, TemplateEvents, TemplateStore, ...USE_CASES],
  exports: [SendingTemplatesStore, ...USE_CASES],
})
export class TemplatesModule {}
