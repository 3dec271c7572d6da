import { Module } from '@nestjs/common';
import { TemplatesModule } from '../../templates.module.js';
import { TextExampleResolver } from '../text-example.resolver.js';
import { TemplateReviewResolver } from './template-review.resolver.js';

/** Reviews of templates in the admin API. */
@Module({ imports: [TemplatesModule], providers: [TemplateReviewResolver, TextExampleResolver] })
export class TemplatesAdminApiModule {}
