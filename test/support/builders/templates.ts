import type { GraphQLClient } from '../graphql-client.js';
import type { TestPlatform } from '../platform.js';

/** A template as its business sees it. */
export interface TestTemplate {
  id: string;
  name: string;
  purpose: string;
  state: string;
  pausedUntil: string | null;
  disabledAt: string | null;
  stoppedBecause: string | null;
  approved: { id: string; nr: number } | null;
  versions: {
    id: string;
    nr: number;
    state: string;
    reason: string | null;
    texts: { language: string; body: string; example: string }[];
  }[];
  appeal: { id: string; upheld: boolean | null; reason: string | null } | null;
}

export const TEMPLATE = `id name purpose state pausedUntil disabledAt stoppedBecause approved { id nr }
  versions { id nr state reason texts { language body example } } appeal { id upheld reason }`;

let names = 0;

/** Content of a template: one text with one text parameter. */
export function aContent(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    defaultLanguage: 'en',
    texts: [{ language: 'en', body: 'Your order {order} is on its way.' }],
    parameters: [{ name: 'order', type: 'TEXT', example: 'A-17' }],
    ...changes,
  };
}

/** A `CreateTemplateInput` with a name of its own. */
export function aTemplateInput(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { name: `template-${++names}`, purpose: 'SERVICE', ...aContent(), ...changes };
}

/** What a mutation on templates answers. */
export type Answer<Payload> = Partial<Payload> & { reason?: string; message?: string };

export async function createTemplate(
  business: GraphQLClient,
  changes: Record<string, unknown> = {},
): Promise<Answer<{ template: TestTemplate }>> {
  const { createTemplate: answer } = await business.do<{
    createTemplate: Answer<{ template: TestTemplate }>;
  }>(
    `mutation ($input: CreateTemplateInput!) { createTemplate(input: $input) {
      ... on CreateTemplatePayload { template { ${TEMPLATE} } } ... on Refusal { reason message }
    } }`,
    { input: aTemplateInput(changes) },
  );
  return answer;
}

export async function editTemplate(
  business: GraphQLClient,
  id: string,
  changes: Record<string, unknown> = {},
): Promise<Answer<{ template: TestTemplate }>> {
  const { editTemplate: answer } = await business.do<{ editTemplate: Answer<{ template: TestTemplate }> }>(
    `mutation ($input: EditTemplateInput!) { editTemplate(input: $input) {
      ... on EditTemplatePayload { template { ${TEMPLATE} } } ... on Refusal { reason message }
    } }`,
    { input: { id, ...aContent(changes) } },
  );
  return answer;
}

export async function submitTemplate(
  business: GraphQLClient,
  id: string,
): Promise<Answer<{ template: TestTemplate; categoryHint: { kind: string; found: string }[] }>> {
  const { submitTemplate: answer } = await business.do<{
    submitTemplate: Answer<{ template: TestTemplate; categoryHint: { kind: string; found: string }[] }>;
  }>(
    `mutation ($input: SubmitTemplateInput!) { submitTemplate(input: $input) {
      ... on SubmitTemplatePayload { template { ${TEMPLATE} } categoryHint { kind found } }
      ... on Refusal { reason message }
    } }`,
    { input: { id } },
  );
  return answer;
}

/** Approves a version, as the first admin. */
export async function approveTemplate(platform: TestPlatform, version: string): Promise<Answer<object>> {
  const { approveTemplate: answer } = await platform.admin().do<{ approveTemplate: Answer<object> }>(
    `mutation ($input: ApproveTemplateInput!) { approveTemplate(input: $input) {
      ... on ReviewTemplatePayload { review { version { id state } } } ... on Refusal { reason message }
    } }`,
    { input: { version } },
  );
  return answer;
}

/** Rejects a version, as the first admin. */
export async function rejectTemplate(
  platform: TestPlatform,
  version: string,
  reason = 'Say who you are.',
): Promise<Answer<object>> {
  const { rejectTemplate: answer } = await platform.admin().do<{ rejectTemplate: Answer<object> }>(
    `mutation ($input: RejectTemplateInput!) { rejectTemplate(input: $input) {
      ... on ReviewTemplatePayload { review { version { id state } } } ... on Refusal { reason message }
    } }`,
    { input: { version, reason } },
  );
  return answer;
}

/** A template in review. */
export async function aTemplateInReview(
  business: GraphQLClient,
  changes: Record<string, unknown> = {},
): Promise<TestTemplate> {
  const { template } = await createTemplate(business, changes);
  const submitted = await submitTemplate(business, template?.id ?? '');
  if (!submitted.template) throw new Error(`Submitting was refused: ${submitted.reason}`);
  return submitted.template;
}

/** A template that sends. */
export async function anApprovedTemplate(
  platform: TestPlatform,
  business: GraphQLClient,
  changes: Record<string, unknown> = {},
): Promise<TestTemplate> {
  const { id, versions } = await aTemplateInReview(business, changes);
  await approveTemplate(platform, versions[0]?.id ?? '');
  return templateOf(business, id);
}

/** A template as it is now. */
export async function templateOf(business: GraphQLClient, id: string): Promise<TestTemplate> {
  const { template } = await business.do<{ template: TestTemplate | null }>(
    `query ($by: TemplateByInput!) { template(by: $by) { ${TEMPLATE} } }`,
    { by: { id } },
  );
  if (!template) throw new Error('There is no such template');
  return template;
}
