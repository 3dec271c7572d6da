import { Refused, toRefusal } from '@assent/accounts';
import type { RenderProblem } from '../../domain/render.js';
import { TEMPLATE_REASONS } from '../../domain/template-reasons.js';
import type { Preview } from '../../use-cases/preview-template.js';
import type { TemplateProblem } from './template-result.types.js';
import { PreviewTemplateRefused, TemplatePreview } from './template-result.types.js';

/** A preview, or what is wrong with its values. */
export function toPreviewResult(preview: Preview | Refused): TemplatePreview | PreviewTemplateRefused {
  if (preview instanceof Refused) return toRefused(preview, []);
  if ('text' in preview) return Object.assign(new TemplatePreview(), preview);
  const tooLong = preview.problems.some(({ kind }) => kind === 'TOO_LONG');
  return toRefused(
    tooLong
      ? new Refused('CONTENT_TOO_LONG', TEMPLATE_REASONS.CONTENT_TOO_LONG.message)
      : new Refused('TEMPLATE_PARAMETERS', TEMPLATE_REASONS.TEMPLATE_PARAMETERS.message),
    preview.problems.map(toProblem),
  );
}

function toRefused(refused: Refused, problems: TemplateProblem[]): PreviewTemplateRefused {
  return Object.assign(toRefusal(PreviewTemplateRefused, refused), { problems });
}

function toProblem(problem: RenderProblem): TemplateProblem {
  return problem.kind === 'TOO_LONG'
    ? { parameter: null, rule: 'must make a text of at most 4,096 characters together' }
    : { parameter: problem.parameter, rule: problem.rule };
}
