import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { BusinessViewer, Refused, toRefusal } from '@assent/accounts';
import {
  CurrentViewer,
  Idempotent,
  loaderOf,
  Permission,
  publicId,
  type RequestContext,
  toConnection,
} from '@assent/platform';
import { AppealTemplate } from '../../use-cases/appeal-template.js';
import { CreateTemplate } from '../../use-cases/create-template.js';
import { DeleteTemplate } from '../../use-cases/delete-template.js';
import { EditTemplate } from '../../use-cases/edit-template.js';
import { PreviewTemplate } from '../../use-cases/preview-template.js';
import { ReadTemplates } from '../../use-cases/read-templates.js';
import { SubmitTemplate } from '../../use-cases/submit-template.js';
import { Template, TemplateAppeal, toAppeal, toTemplate } from '../template.types.js';
import {
  AppealTemplateInput,
  CreateTemplateInput,
  DeleteTemplateInput,
  EditTemplateInput,
  PreviewTemplateInput,
  SubmitTemplateInput,
  TemplateByInput,
} from './template-input.types.js';
import { toPreviewResult } from './preview-result.js';
import {
  AppealTemplatePayload,
  AppealTemplateRefused,
  AppealTemplateResult,
  CreateTemplatePayload,
  CreateTemplateRefused,
  CreateTemplateResult,
  DeleteTemplatePayload,
  DeleteTemplateRefused,
  DeleteTemplateResult,
  EditTemplatePayload,
  EditTemplateRefused,
  EditTemplateResult,
  PreviewTemplateResult,
  SubmitTemplatePayload,
  SubmitTemplateRefused,
  SubmitTemplateResult,
  TemplateConnection,
  TemplatesArgs,
} from './template-result.types.js';

/** Templates of a business. */
@Resolver(() => Template)
export class TemplateResolver {
  constructor(
    private readonly read: ReadTemplates,
    private readonly previews: PreviewTemplate,
    private readonly create: CreateTemplate,
    private readonly edit: EditTemplate,
    private readonly submit: SubmitTemplate,
    private readonly appeals: AppealTemplate,
    private readonly remove: DeleteTemplate,
  ) {}

  @Permission('templates:read')
  @Query(() => TemplateConnection, { description: 'Your templates, newest first.' })
  async templates(@CurrentViewer() viewer: BusinessViewer, @Args() { state, ...page }: TemplatesArgs) {
    const templates = await this.read.page(viewer, { ...page, state: state ?? null });
    return toConnection(templates, page.first, toTemplate, ({ id }) => publicId('tpl', id));
  }

  @Permission('templates:read')
  @Query(() => Template, { nullable: true, description: 'One of your templates; null: you have none such.' })
  async template(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('by') by: TemplateByInput,
  ): Promise<Template | null> {
    const template = await this.read.one(viewer, by);
    return template ? toTemplate(template) : null;
  }

  @ResolveField(() => TemplateAppeal, { nullable: true, description: 'Your latest appeal.' })
  async appeal(
    @Parent() { stored }: Template,
    @CurrentViewer() viewer: BusinessViewer,
    @Context() context: RequestContext,
  ): Promise<TemplateAppeal | null> {
    const loader = loaderOf(context, this.read, (ids: string[]) => this.read.latestAppeals(viewer, ids));
    const appeal = await loader.load(stored.id);
    return appeal ? toAppeal(appeal) : null;
  }

  @Permission('templates:read')
  @Query(() => PreviewTemplateResult, {
    description:
      'What a person would read: exactly what sending renders. Refusals: `TEMPLATE_NOT_FOUND`, `TEMPLATE_PARAMETERS`, `CONTENT_TOO_LONG`.',
  })
  async previewTemplate(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: PreviewTemplateInput,
  ): Promise<typeof PreviewTemplateResult> {
    return toPreviewResult(await this.previews.execute(viewer, input));
  }

  @Permission('templates:manage')
  @Idempotent()
  @Mutation(() => CreateTemplateResult, {
    description:
      'Makes a template with its first draft. The same once more answers with the template that is there. Refusals: `NAME_TAKEN`, `TOO_MANY_TEMPLATES`.',
  })
  async createTemplate(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: CreateTemplateInput,
  ): Promise<typeof CreateTemplateResult> {
    const made = await this.create.execute(viewer, input);
    if (made instanceof Refused) return toRefusal(CreateTemplateRefused, made);
    return Object.assign(new CreateTemplatePayload(), { template: toTemplate(made) });
  }

  @Permission('templates:manage')
  @Mutation(() => EditTemplateResult, {
    description:
      'Writes the draft anew, or begins the next version where the newest was decided; the approved one keeps sending until the next one is approved. The content that is there already changes nothing. Refusals: `TEMPLATE_NOT_FOUND`, `VERSION_IN_REVIEW`, `TEMPLATE_DISABLED`, `TOO_MANY_VERSIONS`.',
  })
  async editTemplate(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: EditTemplateInput,
  ): Promise<typeof EditTemplateResult> {
    const edited = await this.edit.execute(viewer, input);
    if (edited instanceof Refused) return toRefusal(EditTemplateRefused, edited);
    return Object.assign(new EditTemplatePayload(), { template: toTemplate(edited) });
  }

  @Permission('templates:manage')
  @Mutation(() => SubmitTemplateResult, {
    description:
      'Hands the draft over to the operator, who approves or rejects it. From then on that version can not change. Once more changes nothing. Refusals: `TEMPLATE_NOT_FOUND`, `NOT_VERIFIED`, `NOTHING_TO_SUBMIT`, `TEMPLATE_DISABLED`.',
  })
  async submitTemplate(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') { id }: SubmitTemplateInput,
  ): Promise<typeof SubmitTemplateResult> {
    const submitted = await this.submit.execute(viewer, id);
    if (submitted instanceof Refused) return toRefusal(SubmitTemplateRefused, submitted);
    const { template, categoryHint } = submitted;
    return Object.assign(new SubmitTemplatePayload(), { template: toTemplate(template), categoryHint });
  }

  @Permission('templates:manage')
  @Idempotent()
  @Mutation(() => AppealTemplateResult, {
    description:
      'Asks the operator to look again at a rejection of the newest version, or at the disabling of the template; once for each. Refusals: `TEMPLATE_NOT_FOUND`, `NOTHING_TO_APPEAL`, `ALREADY_APPEALED`.',
  })
  async appealTemplate(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: AppealTemplateInput,
  ): Promise<typeof AppealTemplateResult> {
    const appeal = await this.appeals.execute(viewer, input);
    if (appeal instanceof Refused) return toRefusal(AppealTemplateRefused, appeal);
    return Object.assign(new AppealTemplatePayload(), { appeal: toAppeal(appeal) });
  }

  @Permission('templates:manage')
  @Mutation(() => DeleteTemplateResult, {
    description:
      'Deletes a template that was never submitted. Refusals: `TEMPLATE_NOT_FOUND`, `WAS_SUBMITTED`.',
  })
  async deleteTemplate(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') { id }: DeleteTemplateInput,
  ): Promise<typeof DeleteTemplateResult> {
    const deleted = await this.remove.execute(viewer, id);
    if (deleted instanceof Refused) return toRefusal(DeleteTemplateRefused, deleted);
    return Object.assign(new DeleteTemplatePayload(), { id: publicId('tpl', deleted.id) });
  }
}
