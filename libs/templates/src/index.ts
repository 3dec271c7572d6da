export { TemplatesAdminApiModule } from './api/admin/templates-admin-api.module.js';
export { TemplatesBusinessApiModule } from './api/business/templates-business-api.module.js';
export { Template } from './api/template.types.js';
export { TemplateValueInput } from './api/business/template-input.types.js';
export { readLanguage } from './domain/language.js';
export type { WrittenValue } from './domain/parameters.js';
export type { PauseStep } from './domain/pause-ladder.js';
export type { Rendered, RenderProblem } from './domain/render.js';
export { MessagePurpose } from './domain/template.js';
export {
  type KeptSample,
  type SampledTemplate,
  type SendingVersion,
  type SendingTemplate,
  SendingTemplatesStore,
  type TemplateKey,
} from './persistence/sending-templates.store.js';
export { TemplatesModule } from './templates.module.js';
export { FindHiddenLinks } from './use-cases/hidden-links.js';
export { NameTemplates } from './use-cases/name-templates.js';
export { PauseTemplate } from './use-cases/pause-template.js';
export { TemplateTexts } from './use-cases/template-texts.js';
export { UnpauseTemplate } from './use-cases/unpause-template.js';
