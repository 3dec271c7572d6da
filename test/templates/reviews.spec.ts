import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, parsePublicId } from '@assent/platform';
import { PauseTemplate } from '@assent/templates';
import { aBusiness } from '../support/builders/accounts.js';
import {
  anApprovedTemplate,
  type Answer,
  approveTemplate,
  aTemplateInReview,
  editTemplate,
  rejectTemplate,
  submitTemplate,
  templateOf,
} from '../support/builders/templates.js';
import { eventsOf as readEvents } from '../support/builders/webhooks.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

let platform: TestPlatform;
let business: GraphQLClient;
beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  business = platform.business((await aBusiness(platform, { displayName: 'Bäckerei Müller' })).apiKey);
});
afterAll(() => platform.stop());

interface Case {
  version: { id: string; texts: { example: string }[] };
  name: string;
  business: { displayName: string; hostname: string };
  hint: { score: number; grounds: { kind: string; found: string; weight: number }[] };
}

const queue = async (first = 100, after: string | null = null) => {
  const { templateQueue } = await platform.admin().do<{
    templateQueue: { nodes: Case[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  }>(
    `query ($first: Int!, $after: String) { templateQueue(first: $first, after: $after) {
      nodes { version { id texts { example } } name business { displayName legalName hostname }
        hint { score grounds { kind found weight } } }
      pageInfo { hasNextPage endCursor } } }`,
    { first, after },
  );
  return templateQueue;
};
const appeal = async (id: string, words = 'It is what our customers asked for.') => {
  const { appealTemplate } = await business.do<{
    appealTemplate: Answer<{ appeal: { id: string; words: string; upheld: null } }>;
  }>(
    `mutation ($input: AppealTemplateInput!) { appealTemplate(input: $input) {
      ... on AppealTemplatePayload { appeal { id words upheld } } ... on Refusal { reason }
    } }`,
    { input: { id, words } },
  );
  return appealTemplate;
};
const decide = async (id: string, uphold: boolean) => {
  const { decideTemplateAppeal } = await platform.admin().do<{
    decideTemplateAppeal: Answer<{ case: { template: { state: string } } }>;
  }>(
    `mutation ($input: DecideTemplateAppealInput!) { decideTemplateAppeal(input: $input) {
      ... on DecideTemplateAppealPayload { case { template { state } } } ... on Refusal { reason }
    } }`,
    { input: { appeal: id, uphold, reason: 'Looked at again.' } },
  );
  return decideTemplateAppeal;
};
const pause = async (id: string) => {
  const database = platform.app.get(Database, { strict: false });
  const pauses = platform.app.get(PauseTemplate, { strict: false });
  return database.transaction({ role: 'engine' }, async (tx) =>
    pauses.execute(tx, parsePublicId('tpl', id) ?? '', await tx.now(), 'Too many people blocked you.'),
  );
};
const eventsOf = async (id: string) => {
  const rows = await platform.database.sql<{ data: Record<string, unknown> }>(
    `SELECT data FROM event WHERE type = 'template.state' AND data->>'template' = $1 ORDER BY xid, id`,
    [id],
  );
  return rows.map(({ data }) => data);
};

describe('the queue of reviews', () => {
  it('shows versions in the order of their submission, with what a reviewer needs', async () => {
    const first = await aTemplateInReview(business);
    const second = await aTemplateInReview(business, {
      texts: [{ language: 'en', body: 'Act now: your PayPal account suspended, see {order}' }],
      parameters: [{ name: 'order', type: 'URL', domain: 'paypa1.com', example: 'https://paypa1.com/' }],
    });
    const { nodes } = await queue();
    expect(nodes.map(({ name }) => name)).toEqual([first.name, second.name]);
    expect(nodes[0]).toMatchObject({
      version: { texts: [{ example: 'Your order A-17 is on its way.' }] },
      business: { displayName: 'Bäckerei Müller', legalName: 'Bäckerei Müller GmbH', hostname: '127.0.0.1' },
      hint: { score: 0, grounds: [] },
    });
    expect(nodes[1]?.hint.score).toBe(100);
    expect(nodes[1]?.hint.grounds.map(({ kind }) => kind)).toEqual([
      'LOOK_ALIKE',
      'BRAND',
      'URGENCY',
      'URGENCY',
    ]);

    const page = await queue(1);
    expect(page).toMatchObject({ nodes: [{ name: first.name }], pageInfo: { hasNextPage: true } });
    await approveTemplate(platform, page.nodes[0]?.version.id ?? '');
    const next = await queue(1, page.pageInfo.endCursor);
    expect(next).toMatchObject({ nodes: [{ name: second.name }], pageInfo: { hasNextPage: false } });
  });
});

describe('a decision', () => {
  it('is made once, also by two admins at once, and told to the business by one event', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, versions } = await aTemplateInReview(business);
      const version = versions[0]?.id ?? '';
      const answers = await Promise.all([
        approveTemplate(platform, version),
        rejectTemplate(platform, version, 'No.'),
        approveTemplate(platform, version),
        rejectTemplate(platform, version, 'No.'),
      ]);
      expect(answers.filter(({ reason }) => reason === 'NOT_IN_REVIEW')).toHaveLength(3);
      const { state } = await templateOf(business, id);
      expect(await eventsOf(id)).toMatchObject([{ template: id, version: 1, state }]);
    }
  });

  it('is about what is in review', async () => {
    expect(await approveTemplate(platform, 'tpv_nothing')).toMatchObject({ reason: 'VERSION_NOT_FOUND' });
    const { errors } = await platform
      .admin()
      .raw(`mutation ($input: RejectTemplateInput!) { rejectTemplate(input: $input) { __typename } }`, {
        input: { version: 'tpv_nothing', reason: ' ' },
      });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', faults: [{ field: 'input.reason' }] });
  });

  it('lets the newest approved version send', async () => {
    const { id } = await anApprovedTemplate(platform, business);
    const { template } = await editTemplate(business, id, {
      texts: [{ language: 'en', body: 'Now: {order}' }],
    });
    await submitTemplate(business, id);
    await approveTemplate(platform, template?.versions[0]?.id ?? '');
    expect(await templateOf(business, id)).toMatchObject({ state: 'APPROVED', approved: { nr: 2 } });
  });
});

describe('an appeal', () => {
  it('against a rejection is made and decided once; upheld, the version is approved', async () => {
    const { id, versions } = await aTemplateInReview(business);
    expect(await appeal(id)).toEqual({ reason: 'NOTHING_TO_APPEAL' });
    await rejectTemplate(platform, versions[0]?.id ?? '');
    const made = await appeal(id);
    expect(await appeal(id)).toEqual(made);
    expect(await appeal(id, 'Other words.')).toEqual({ reason: 'ALREADY_APPEALED' });
    const { templateAppealQueue } = await platform.admin().do<{
      templateAppealQueue: { nodes: { appeal: { id: string }; template: { id: string } }[] };
    }>(`{ templateAppealQueue { nodes { appeal { id } template { id } } } }`);
    expect(templateAppealQueue.nodes).toEqual([{ appeal: { id: made.appeal?.id }, template: { id } }]);

    const decided = await Promise.all([
      decide(made.appeal?.id ?? '', true),
      decide(made.appeal?.id ?? '', false),
    ]);
    expect(decided.filter(({ reason }) => reason === 'ALREADY_DECIDED')).toHaveLength(1);
    expect(await decide('tpa_nothing', true)).toEqual({ reason: 'APPEAL_NOT_FOUND' });
  });

  it('that is turned down leaves the version rejected, and can not be made again', async () => {
    const { id, versions } = await aTemplateInReview(business);
    await rejectTemplate(platform, versions[0]?.id ?? '');
    const made = await appeal(id);
    await decide(made.appeal?.id ?? '', false);
    expect(await templateOf(business, id)).toMatchObject({
      state: 'REJECTED',
      appeal: { upheld: false, reason: 'Looked at again.' },
    });
    expect(await appeal(id)).toEqual({ reason: 'ALREADY_APPEALED' });
    expect(await appeal('tpl_nothing')).toEqual({ reason: 'TEMPLATE_NOT_FOUND' });
  });

  it('that is upheld for an old version does not replace a newer one', async () => {
    const { id, versions } = await aTemplateInReview(business);
    await rejectTemplate(platform, versions[0]?.id ?? '');
    const made = await appeal(id);
    const { template } = await editTemplate(business, id, {
      texts: [{ language: 'en', body: 'Again: {order}' }],
    });
    await submitTemplate(business, id);
    await approveTemplate(platform, template?.versions[0]?.id ?? '');
    await decide(made.appeal?.id ?? '', true);
    expect(await templateOf(business, id)).toMatchObject({ approved: { nr: 2 }, state: 'APPROVED' });
  });
});

describe('pauses by quality', () => {
  it('are 3 hours, 6 hours, then disabled, until an appeal is upheld', async () => {
    const { id } = await anApprovedTemplate(platform, business);
    try {
      expect(await pause(id)).toMatchObject({ kind: 'PAUSED', pauseCount: 1 });
      expect(await pause(id)).toEqual({ kind: 'ALREADY_STOPPED' });
      expect(await templateOf(business, id)).toMatchObject({
        state: 'PAUSED',
        pausedUntil: expect.any(String),
        stoppedBecause: 'Too many people blocked you.',
      });
      await platform.shiftClock(3 * 3_600_000 + 60_000);
      expect(await templateOf(business, id)).toMatchObject({ state: 'APPROVED', pausedUntil: null });
      expect(await pause(id)).toMatchObject({ kind: 'PAUSED', pauseCount: 2 });
      await platform.shiftClock(10 * 3_600_000);
      expect(await pause(id)).toEqual({ kind: 'DISABLED', pauseCount: 3 });
      expect(await templateOf(business, id)).toMatchObject({
        state: 'DISABLED',
        disabledAt: expect.any(String),
      });
      const changed = { texts: [{ language: 'en', body: 'Changed: {order}' }] };
      expect(await editTemplate(business, id, changed)).toMatchObject({ reason: 'TEMPLATE_DISABLED' });
      expect(await submitTemplate(business, id)).toMatchObject({ reason: 'TEMPLATE_DISABLED' });

      const made = await appeal(id);
      expect(await decide(made.appeal?.id ?? '', true)).toMatchObject({
        case: { template: { state: 'APPROVED' } },
      });
      expect(await pause(id)).toMatchObject({ kind: 'PAUSED', pauseCount: 1 });
      expect((await eventsOf(id)).map(({ state }) => state)).toEqual([
        'APPROVED',
        'PAUSED',
        'PAUSED',
        'DISABLED',
        'APPROVED',
        'PAUSED',
      ]);
    } finally {
      await platform.shiftClock(0);
    }
  });

  it('take one step where many ask at once', async () => {
    const { id } = await anApprovedTemplate(platform, business);
    const steps = await Promise.all(Array.from({ length: 8 }, () => pause(id)));
    expect(steps.map(({ kind }) => kind).sort()).toEqual([
      ...Array<string>(7).fill('ALREADY_STOPPED'),
      'PAUSED',
    ]);
  });

  it('are events of the business, as webhooks carry them', async () => {
    const { id } = await anApprovedTemplate(platform, business);
    await pause(id);
    const told = await until('both can be read', async () => {
      const events = await readEvents(business, { types: ['template.state'] });
      const data = events.map(({ payload }) => JSON.parse(payload).data);
      const own = data.filter(({ template }) => template === id);
      return own.length === 2 && own;
    });
    expect(told).toMatchObject([
      { state: 'APPROVED', version: 1, until: null },
      { state: 'PAUSED', version: null, reason: 'Too many people blocked you.', until: expect.any(String) },
    ]);
  });
});
