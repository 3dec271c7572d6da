import { Module } from '@nestjs/common';
import { TemplatesModule } from '../../templates.module.js';
import { TextExampleResolver } from '../text-example.resolver.js';
import { TemplateResolver } from './template.resolver.js';

/** Templates in the business API. */
@Module({ imports: [TemplatesModule], providers: [TemplateResolver, TextExampleResolver] })
export class TemplatesBusinessApiModule {}
