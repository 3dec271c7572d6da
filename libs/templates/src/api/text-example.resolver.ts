import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { previewOf } from '../use-cases/preview-template.js';
import { TemplateText } from './template.types.js';

/** What is rendered only when asked for. */
@Resolver(() => TemplateText)
export class TextExampleResolver {
  @ResolveField(() => String, { description: 'What a person reads, with the examples of the parameters.' })
  example(@Parent() { version, language }: TemplateText): string {
    const preview = previewOf(version, language);
    return 'text' in preview ? preview.text : '';
  }
}
