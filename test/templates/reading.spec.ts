import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import {
  aContent,
  anApprovedTemplate,
  aTemplateInReview,
  createTemplate,
  TEMPLATE,
  type TestTemplate,
} from '../support/builders/templates.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
let business: GraphQLClient;
let other: GraphQLClient;
beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  business = platform.business((await aBusiness(platform)).apiKey);
  other = platform.business((await aBusiness(platform)).apiKey);
});
afterAll(() => platform.stop());

const preview = async (input: Record<string, unknown>, client = business) => {
  const { previewTemplate } = await client.do<{ previewTemplate: Record<string, unknown> }>(
    `query ($input: PreviewTemplateInput!) { previewTemplate(input: $input) {
      ... on TemplatePreview { version language text }
      ... on PreviewTemplateRefused { problems { parameter rule } }
      ... on Refusal { reason }
    } }`,
    { input },
  );
  return previewTemplate;
};

describe('a preview', () => {
  it('is what a person would read, in the language that is fallen back to', async () => {
    const { template } = await createTemplate(business, {
      defaultLanguage: 'en',
      texts: [
        { language: 'en', body: 'Pay {sum} by {when}: {link}' },
        { language: 'pt', body: 'Pague {sum} até {when}: {link}' },
        { language: 'ar', body: 'ادفع {sum} قبل {when}: {link}' },
      ],
      parameters: [
        { name: 'sum', type: 'MONEY', example: '10.00 EUR' },
        { name: 'when', type: 'DATE', example: '2026-11-28' },
        { name: 'link', type: 'URL', domain: 'example.com', example: 'https://example.com/pay' },
      ],
    });
    const id = template?.id ?? '';
    expect(await preview({ id })).toEqual({
      version: 1,
      language: 'en',
      text: 'Pay €10.00 by November 28, 2026: https://example.com/pay',
    });
    const parameters = [
      { name: 'sum', value: '1234.50 BRL' },
      { name: 'when', value: '2026-12-01' },
      { name: 'link', value: 'https://pay.example.com/{sum}' },
    ];
    expect(await preview({ id, language: 'pt-BR', parameters })).toEqual({
      version: 1,
      language: 'pt',
      text: 'Pague R$\u00a01.234,50 até 1 de dezembro de 2026: https://pay.example.com/%7Bsum%7D',
    });
    expect(await preview({ id, language: 'fr' })).toHaveProperty('language', 'en');
    expect((await preview({ id, language: 'ar' }))['text']).toContain('\u2068https://example.com/pay\u2069');
    expect(
      await preview({
        id,
        parameters: [
          { name: 'sum', value: '{when}' },
          { name: 'x', value: '1' },
        ],
      }),
    ).toEqual({
      reason: 'TEMPLATE_PARAMETERS',
      problems: [
        { parameter: 'sum', rule: expect.stringContaining('currency') },
        { parameter: 'when', rule: 'must be given' },
        { parameter: 'link', rule: 'must be given' },
        { parameter: 'x', rule: 'is not a parameter of this template' },
      ],
    });
    expect(await preview({ id }, other)).toEqual({ reason: 'TEMPLATE_NOT_FOUND', problems: [] });
  });

  it('says so where the text would be too long', async () => {
    const { template } = await createTemplate(business, {
      texts: [{ language: 'en', body: '{order}'.repeat(5) }],
    });
    const parameters = [{ name: 'order', value: 'x'.repeat(1_000) }];
    expect(await preview({ id: template?.id, parameters })).toEqual({
      reason: 'CONTENT_TOO_LONG',
      problems: [{ parameter: null, rule: expect.stringContaining('4,096') }],
    });
  });
});

describe('the list of templates', () => {
  it('is read page by page, by state, and holds nothing of others', async () => {
    const own = platform.business((await aBusiness(platform)).apiKey);
    const before = await list(own);
    const approved = await anApprovedTemplate(platform, own);
    const inReview = await aTemplateInReview(own);
    const { template: draft } = await createTemplate(own);
    const all = (await list(own)).filter((id) => !before.includes(id));
    expect(all).toEqual([draft?.id, inReview.id, approved.id]);
    expect(await list(own, 'IN_REVIEW')).toEqual([inReview.id]);
    expect((await list(own, 'APPROVED')).filter((id) => !before.includes(id))).toEqual([approved.id]);
    expect(await list(own, 'DISABLED')).toEqual([]);
    const { template } = await other.do<{ template: null }>(
      `query ($by: TemplateByInput!) { template(by: $by) { id } }`,
      { by: { id: approved.id } },
    );
    expect(template).toBeNull();
    const { template: byName } = await own.do<{ template: TestTemplate }>(
      `query ($by: TemplateByInput!) { template(by: $by) { ${TEMPLATE} } }`,
      { by: { name: approved.name } },
    );
    expect(byName).toEqual(approved);
  });

  async function list(client: GraphQLClient, state: string | null = null): Promise<string[]> {
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const {
        templates,
      }: { templates: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } =
        await client.do(
          `query ($state: TemplateState, $after: String) { templates(first: 2, state: $state, after: $after) {
            nodes { id } pageInfo { hasNextPage endCursor } } }`,
          { state, after },
        );
      ids.push(...templates.nodes.map(({ id }) => id));
      if (!templates.pageInfo.hasNextPage) return ids;
      after = templates.pageInfo.endCursor;
    }
  }
});

describe('permission', () => {
  it('to read is not permission to manage', async () => {
    const { apiKey } = await aBusiness(platform, { scopes: ['templates:read'] });
    const { errors } = await platform
      .business(apiKey)
      .raw(`mutation ($input: CreateTemplateInput!) { createTemplate(input: $input) { __typename } }`, {
        input: { name: 'a', purpose: 'SERVICE', ...aContent() },
      });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', permission: 'templates:manage' });
  });
});
