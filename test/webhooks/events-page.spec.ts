import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { ApiModule } from '../../apps/api/src/api.module.js';
import { eventsPage } from '@assent/webhooks';

it('docs/events.md is what the libraries declare: run `npm run schema`', () => {
  expect(ApiModule).toBeDefined();
  expect(readFileSync('docs/events.md', 'utf8')).toBe(eventsPage());
});
