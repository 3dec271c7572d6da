import { parsePublicId, uuid7 } from '@assent/platform';
import type { TestPlatform } from '../platform.js';
import { anApprovedTemplate, createTemplate } from './templates.js';

const PURPOSES = ['AUTHENTICATION', 'SERVICE', 'MARKETING'];
const PARAMETER = { name: 'text', type: 'TEXT', domain: null, example: 'Something.' };

/** Name of the template with which a test business sends any text for a purpose. */
export const templateFor = (purpose: string) => `any-${purpose.toLowerCase()}`;

/** Gives a business three approved templates, one a purpose, that say what their one parameter says; in a moment, by SQL. */
export async function anyTemplates(platform: TestPlatform, businessId: string): Promise<void> {
  await platform.database.sql(
    `WITH asked AS (
        SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) AS t (id, version_id, name, purpose)
      ), made AS (
        INSERT INTO template (id, business_id, name, purpose, created_at)
        SELECT id, $1, name, purpose::purpose, assent_now() FROM asked
      ), version AS (
        INSERT INTO template_version (id, template_id, business_id, nr, state, default_language, parameters, created_at,
          submitted_at, decided_by, decided_at)
        SELECT version_id, id, $1, 1, 'APPROVED', 'en', $6, assent_now(), assent_now(), (SELECT id FROM admin LIMIT 1),
          assent_now()
        FROM asked
      )
      INSERT INTO template_text (version_id, language, business_id, body) SELECT version_id, 'en', $1, '{text}' FROM asked`,
    [
      parsePublicId('biz', businessId),
      PURPOSES.map(() => uuid7(Date.now())),
      PURPOSES.map(() => uuid7(Date.now())),
      PURPOSES.map(templateFor),
      PURPOSES,
      JSON.stringify([PARAMETER]),
    ],
  );
  await platform.database.sql(
    `UPDATE template t SET sending_version_id = v.id FROM template_version v
      WHERE v.template_id = t.id AND t.business_id = $1`,
    [parsePublicId('biz', businessId)],
  );
}

/** Only drafts of them, made through the API: enough in test mode. */
export async function anyDrafts(platform: TestPlatform, ownerToken: string): Promise<void> {
  for (const purpose of PURPOSES) {
    await createTemplate(platform.business(ownerToken), {
      name: templateFor(purpose),
      purpose,
      texts: [{ language: 'en', body: '{text}' }],
      parameters: [PARAMETER],
    });
  }
}

/** The same on a platform whose database is out of reach: made, submitted and approved through its APIs. */
export async function anyTemplatesByApi(platform: TestPlatform, ownerToken: string): Promise<void> {
  for (const purpose of PURPOSES) {
    await anApprovedTemplate(platform, platform.business(ownerToken), {
      name: templateFor(purpose),
      purpose,
      texts: [{ language: 'en', body: '{text}' }],
      parameters: [PARAMETER],
    });
  }
}
