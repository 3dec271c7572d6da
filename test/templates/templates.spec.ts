import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness, anUnverifiedBusiness } from '../support/builders/accounts.js';
import {
  anApprovedTemplate,
  approveTemplate,
  aTemplateInput,
  aTemplateInReview,
  createTemplate,
  editTemplate,
  rejectTemplate,
  submitTemplate,
  templateOf,
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

const faults = async (changes: Record<string, unknown>) => {
  const { errors } = await business.raw(
    `mutation ($input: CreateTemplateInput!) { createTemplate(input: $input) { __typename } }`,
    { input: aTemplateInput(changes) },
  );
  return (errors?.[0]?.extensions['faults'] ?? []) as { field: string; rule: string }[];
};
const remove = async (client: GraphQLClient, id: string) => {
  const { deleteTemplate } = await client.do<{ deleteTemplate: { id?: string; reason?: string } }>(
    `mutation ($input: DeleteTemplateInput!) { deleteTemplate(input: $input) {
      ... on DeleteTemplatePayload { id } ... on Refusal { reason }
    } }`,
    { input: { id } },
  );
  return deleteTemplate;
};
describe('a template', () => {
  it('begins as a draft, in several languages, with its examples to read', async () => {
    const { template } = await createTemplate(business, {
      texts: [
        { language: 'de', body: 'Bestellung {order}: {n, plural, one {# Paket} other {# Pakete}}.' },
        { language: 'en', body: 'Order {order}: {n, plural, one {# parcel} other {# parcels}}.' },
      ],
      parameters: [
        { name: 'order', type: 'TEXT', example: 'A-17' },
        { name: 'n', type: 'NUMBER', example: '2' },
      ],
    });
    expect(template).toMatchObject({
      id: expect.stringMatching(/^tpl_/),
      state: 'DRAFT',
      approved: null,
      appeal: null,
      versions: [
        {
          nr: 1,
          state: 'DRAFT',
          texts: [
            { language: 'de', example: 'Bestellung A-17: 2 Pakete.' },
            { language: 'en', example: 'Order A-17: 2 parcels.' },
          ],
        },
      ],
    });
  });

  it('is made once by its name: the same again answers with it, anything else is refused', async () => {
    const input = aTemplateInput();
    const first = await createTemplate(business, input);
    expect(await createTemplate(business, input)).toEqual(first);
    expect(await createTemplate(business, { ...input, purpose: 'MARKETING' })).toMatchObject({
      reason: 'NAME_TAKEN',
    });
    expect(await createTemplate(other, input)).toHaveProperty('template.name', input['name']);
  });

  it('is made once by ten that race', async () => {
    const input = aTemplateInput();
    const made = await Promise.all(Array.from({ length: 10 }, () => createTemplate(business, input)));
    expect(new Set(made.map(({ template }) => template?.id)).size).toBe(1);
  });

  it('is at most one of a thousand', async () => {
    const full = await aBusiness(platform);
    await platform.database.sql(
      `WITH t AS (
          INSERT INTO template (id, business_id, name, purpose, created_at)
          SELECT gen_random_uuid(), b.id, 'many-' || n, 'SERVICE', assent_now()
          FROM business b, generate_series(1, 1000 - (SELECT count(*)::int FROM template WHERE business_id = b.id)) n
          WHERE b.id = (SELECT business_id FROM member WHERE email = $1) RETURNING id, business_id)
        INSERT INTO template_version (id, template_id, business_id, nr, default_language, parameters, created_at)
        SELECT gen_random_uuid(), id, business_id, 1, 'en', '[]', assent_now() FROM t`,
      [full.ownerEmail],
    );
    expect(await createTemplate(platform.business(full.apiKey))).toMatchObject({
      reason: 'TOO_MANY_TEMPLATES',
    });
  });

  it.each([
    ['input.name', { name: 'No Capitals' }],
    ['input.name', { name: 'x'.repeat(513) }],
    ['input.texts', { texts: [] }],
    ['input.texts[0].body', { texts: [{ language: 'en', body: 'x'.repeat(1_025) }], parameters: [] }],
    ['input.texts[0].body', { texts: [{ language: 'en', body: 'Hi {whom}' }], parameters: [] }],
    ['input.texts[0].body', { texts: [{ language: 'en', body: '{order' }] }],
    ['input.texts[0].body', { texts: [{ language: 'en', body: 'a \u202E b {order}' }] }],
    ['input.texts[0].language', { texts: [{ language: 'de_DE', body: '{order}' }] }],
    ['input.defaultLanguage', { defaultLanguage: 'fr' }],
    ['input.parameters[0].name', { parameters: [{ name: '1', type: 'TEXT', example: 'x' }] }],
    ['input.parameters[0].example', { parameters: [{ name: 'order', type: 'MONEY', example: 'x' }] }],
    [
      'input.parameters[0].domain',
      { parameters: [{ name: 'order', type: 'URL', example: 'https://example.com' }] },
    ],
    [
      'input.parameters[1].name',
      {
        parameters: [
          { name: 'order', type: 'TEXT', example: 'x' },
          { name: 'unused', type: 'TEXT', example: 'x' },
        ],
      },
    ],
  ])('is refused by naming %s', async (field, changes) => {
    expect(await faults(changes)).toContainEqual({ field, rule: expect.stringMatching(/^must /) });
  });

  it('has a name of 512 and a body of 1,024 characters', async () => {
    const { template } = await createTemplate(business, {
      name: 'n'.repeat(512),
      texts: [{ language: 'en', body: `${'😀'.repeat(1_017)}{order}` }],
    });
    expect(template?.name).toHaveLength(512);
  });
});

describe('an edit', () => {
  it('changes the draft, and once that was decided begins the next version while the approved one sends', async () => {
    const { template: draft } = await createTemplate(business);
    const id = draft?.id ?? '';
    const edited = await editTemplate(business, id, {
      texts: [{ language: 'en', body: 'Order {order} left.' }],
    });
    expect(edited.template?.versions).toMatchObject([{ nr: 1, texts: [{ body: 'Order {order} left.' }] }]);

    await submitTemplate(business, id);
    expect(await editTemplate(business, id)).toMatchObject({ reason: 'VERSION_IN_REVIEW' });
    await approveTemplate(platform, edited.template?.versions[0]?.id ?? '');
    const { template } = await editTemplate(business, id, {
      texts: [{ language: 'en', body: 'New: {order}' }],
    });
    expect(template).toMatchObject({
      state: 'APPROVED',
      approved: { nr: 1 },
      versions: [
        { nr: 2, state: 'DRAFT' },
        { nr: 1, state: 'APPROVED' },
      ],
    });

    await submitTemplate(business, id);
    await rejectTemplate(platform, template?.versions[0]?.id ?? '');
    expect(await templateOf(business, id)).toMatchObject({
      state: 'APPROVED',
      approved: { nr: 1 },
      versions: [{ nr: 2, state: 'REJECTED', reason: 'Say who you are.' }, { nr: 1 }],
    });
  });

  it('that changes nothing begins nothing', async () => {
    const template = await anApprovedTemplate(platform, business);
    expect((await editTemplate(business, template.id)).template).toEqual(template);
  });

  it('is of versions without end, up to a thousand', async () => {
    const template = await anApprovedTemplate(platform, business);
    await platform.database.sql(`UPDATE template_version SET nr = 1000 WHERE id = $1`, [
      (
        await platform.database.sql<{ id: string }>(
          `SELECT v.id FROM template_version v JOIN template t ON t.id = v.template_id WHERE t.name = $1`,
          [template.name],
        )
      )[0]?.id,
    ]);
    const changed = { texts: [{ language: 'en', body: 'Other: {order}' }] };
    expect(await editTemplate(business, template.id, changed)).toMatchObject({ reason: 'TOO_MANY_VERSIONS' });
  });

  it('can not change, in the database itself, what was submitted', async () => {
    const { name } = await aTemplateInReview(business);
    const asBusiness = (statement: string) =>
      platform.database.sql(
        `DO $$ BEGIN
          PERFORM set_config('app.business', (SELECT business_id::text FROM template WHERE name = '${name}'), true);
          SET LOCAL ROLE assent_business;
          ${statement};
        END $$`,
      );
    const version = `(SELECT v.id FROM template_version v JOIN template t ON t.id = v.template_id WHERE t.name = '${name}')`;
    await asBusiness(`UPDATE template_version SET parameters = '[]' WHERE id = ${version}`);
    await asBusiness(`DELETE FROM template_text WHERE version_id = ${version}`);
    await asBusiness(`DELETE FROM template WHERE name = '${name}'`);
    await expect(asBusiness(`UPDATE template SET sending_version_id = ${version}`)).rejects.toThrow(
      /permission denied/,
    );
    await expect(
      asBusiness(`UPDATE template_version SET decided_at = now() WHERE id = ${version}`),
    ).rejects.toThrow(/permission denied/);
    const [row] = await platform.database.sql<{ parameters: unknown[]; texts: number }>(
      `SELECT parameters, (SELECT count(*)::int FROM template_text WHERE version_id = v.id) AS texts
        FROM template_version v WHERE id = ${version}`,
    );
    expect(row).toMatchObject({ parameters: [{ name: 'order' }], texts: 1 });
  });
});

describe('submitting', () => {
  it('needs a verified business', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    const client = platform.business(token);
    const { template } = await createTemplate(client);
    expect(await submitTemplate(client, template?.id ?? '')).toMatchObject({ reason: 'NOT_VERIFIED' });
  });

  it('once more changes nothing, and what was decided has nothing to submit', async () => {
    const template = await aTemplateInReview(business);
    expect((await submitTemplate(business, template.id)).template).toEqual(template);
    await rejectTemplate(platform, template.versions[0]?.id ?? '');
    expect(await submitTemplate(business, template.id)).toMatchObject({ reason: 'NOTHING_TO_SUBMIT' });
  });

  it('tells at once that a SERVICE template reads like marketing, and lets it be reviewed', async () => {
    const { template } = await createTemplate(business, {
      texts: [{ language: 'en', body: 'Special offer, buy now: {order}' }],
    });
    const submitted = await submitTemplate(business, template?.id ?? '');
    expect(submitted).toMatchObject({
      template: { state: 'IN_REVIEW' },
      categoryHint: [{ kind: 'CATEGORY', found: 'special offer' }, { found: 'buy now' }],
    });
  });
});

describe('deleting', () => {
  it('ends a template that was never submitted, and no other', async () => {
    const { template } = await createTemplate(business);
    const id = template?.id ?? '';
    expect(await remove(other, id)).toEqual({ reason: 'TEMPLATE_NOT_FOUND' });
    expect(await remove(business, id)).toEqual({ id });
    expect(await remove(business, id)).toEqual({ reason: 'TEMPLATE_NOT_FOUND' });
    const kept = await aTemplateInReview(business);
    expect(await remove(business, kept.id)).toEqual({ reason: 'WAS_SUBMITTED' });
  });

  it('and submitting at once leave one of the two', async () => {
    for (let round = 0; round < 5; round++) {
      const { template } = await createTemplate(business);
      const id = template?.id ?? '';
      const [deleted, submitted] = await Promise.all([remove(business, id), submitTemplate(business, id)]);
      expect([deleted.reason, submitted.reason].filter(Boolean)).toHaveLength(1);
    }
  });
});
