import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anEmail, anUnverifiedBusiness, signIn } from '../support/builders/accounts.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
});
afterAll(() => platform.stop());

const REGISTER = `mutation ($input: RegisterBusinessInput!) { registerBusiness(input: $input) {
  __typename
  ... on RegisterBusinessPayload { codeExpiresAt }
  ... on Refusal { reason message retryAt }
} }`;
const REQUEST = `mutation ($input: RequestSignInCodeInput!) { requestSignInCode(input: $input) {
  __typename
  ... on RequestSignInCodePayload { codeExpiresAt }
  ... on Refusal { reason message retryAt }
} }`;
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) {
  __typename
  ... on SignInPayload { token expiresAt viewer { member { role email } business { status } } }
  ... on Refusal { reason message retryAt }
} }`;

const aRegistration = (changes: Record<string, unknown> = {}) => ({
  displayName: 'Café Ünal',
  country: 'DE',
  ownerName: 'Ayşe Ünal',
  ownerEmail: anEmail(),
  ...changes,
});
const register = async (changes: Record<string, unknown> = {}) =>
  (await platform.business().do(REGISTER, { input: aRegistration(changes) }))['registerBusiness'];
const request = async (email: string) =>
  (await platform.business().do(REQUEST, { input: { email } }))['requestSignInCode'];
const enter = async (email: string, code: string) =>
  (await platform.business().do(SIGN_IN, { input: { email, code } }))['signIn'];
const wrong = (code: string) => ((Number(code) + 1) % 1_000_000).toString().padStart(6, '0');
/** An answer without its times, which differ by the moment. */
const shape = ({ codeExpiresAt, retryAt, ...rest }: Record<string, unknown>) => ({
  ...rest,
  times: [typeof codeExpiresAt, typeof retryAt],
});

describe('a registration', () => {
  it('leads through a code by e-mail to a session of the owner', async () => {
    const email = anEmail();
    expect(await register({ ownerEmail: ` ${email.toUpperCase()} ` })).toMatchObject({
      __typename: 'RegisterBusinessPayload',
    });
    const session = await enter(email, platform.code(email));
    expect(session).toMatchObject({
      __typename: 'SignInPayload',
      viewer: { member: { role: 'OWNER', email }, business: { status: 'UNVERIFIED' } },
    });
    expect(Date.parse(session.expiresAt) - Date.now()).toBeGreaterThan(11.9 * 3_600_000);
    const { viewer } = await platform.business(session.token).do(`{ viewer { permissions
      member { name } apiKey { id } business { displayName country reachTier verification { id } } } }`);
    expect(viewer).toEqual({
      permissions: expect.arrayContaining(['account:manage', 'keys:manage', 'messages:send']),
      member: { name: 'Ayşe Ünal' },
      apiKey: null,
      business: { displayName: 'Café Ünal', country: 'DE', reachTier: 'TIER_250', verification: null },
    });
  });

  it('with an address that has an account registers nothing, answers the same and sends a code for that account', async () => {
    const known = await anUnverifiedBusiness(platform, { displayName: 'The first' });
    const again = await register({ ownerEmail: known.ownerEmail, displayName: 'The second' });
    expect(shape(again)).toEqual(shape(await register()));
    expect((await signIn(platform, known.ownerEmail)).id).toBe(known.id);
    expect(await platform.database.sql(`SELECT FROM business WHERE display_name = 'The second'`)).toEqual([]);
  });

  it('that races itself makes one business', async () => {
    const email = anEmail();
    await Promise.all([1, 2, 3, 4].map((at) => register({ ownerEmail: email, displayName: `Racing ${at}` })));
    expect(await platform.database.sql('SELECT FROM member WHERE email = $1', [email])).toHaveLength(1);
    expect(
      await platform.database.sql(`SELECT FROM business WHERE display_name LIKE 'Racing%'`),
    ).toHaveLength(1);
  });

  it.each([
    [{ displayName: '   ' }, 'input.displayName'],
    [{ displayName: 'x'.repeat(121) }, 'input.displayName'],
    [{ displayName: 'Bank\u202eknaB' }, 'input.displayName'],
    [{ ownerName: 'Eve\nMallory' }, 'input.ownerName'],
    [{ country: 'XX' }, 'input.country'],
    [{ ownerEmail: 'not an address' }, 'input.ownerEmail'],
    [{ ownerEmail: 'a@example.com, b@example.com' }, 'input.ownerEmail'],
    [{ ownerEmail: `${'x'.repeat(250)}@example.com` }, 'input.ownerEmail'],
  ])('with %j names the field that is wrong', async (changes, field) => {
    const { errors } = await platform.business().raw(REGISTER, { input: aRegistration(changes) });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', faults: [{ field }] });
  });
});

describe('a sign-in code', () => {
  it('works once', async () => {
    const { ownerEmail } = await anUnverifiedBusiness(platform);
    expect(await enter(ownerEmail, platform.code(ownerEmail))).toMatchObject({ reason: 'CODE_INVALID' });
  });

  it('gives way to the next one', async () => {
    const { ownerEmail } = await anUnverifiedBusiness(platform);
    await request(ownerEmail);
    await request(ownerEmail);
    const [older, newer] = platform.codes(ownerEmail).slice(-2) as [string, string];
    if (older !== newer) expect(await enter(ownerEmail, older)).toMatchObject({ reason: 'CODE_INVALID' });
    expect(await enter(ownerEmail, newer)).toMatchObject({ __typename: 'SignInPayload' });
  });

  it('is stored only as a hash', async () => {
    const { ownerEmail } = await anUnverifiedBusiness(platform);
    await request(ownerEmail);
    const [row] = await platform.database.sql<{ code_hash: Buffer }>(
      'SELECT code_hash FROM sign_in_code WHERE email = $1',
      [ownerEmail],
    );
    expect(row?.code_hash).toHaveLength(32);
    expect(row?.code_hash.toString('latin1')).not.toContain(platform.code(ownerEmail));
  });

  it('is not accepted after five wrong ones, even under concurrency, until it has ended', async () => {
    const { ownerEmail } = await anUnverifiedBusiness(platform);
    await request(ownerEmail);
    const code = platform.code(ownerEmail);
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter(ownerEmail, wrong(code))));
    const reasons = answers.map(({ reason }) => reason).sort();
    expect(reasons.filter((reason) => reason === 'CODE_INVALID')).toHaveLength(5);
    expect(reasons.filter((reason) => reason === 'TOO_MANY_ATTEMPTS')).toHaveLength(15);
    const refused = await enter(ownerEmail, code);
    expect(refused).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS', retryAt: expect.any(String) });
    // A new code would bring new attempts.
    expect(await request(ownerEmail)).toMatchObject({
      reason: 'TOO_MANY_ATTEMPTS',
      retryAt: refused.retryAt,
    });
  });

  it('is sent exactly five times to twenty who ask at once', async () => {
    const email = anEmail();
    await register({ ownerEmail: email });
    await platform.database.sql(`UPDATE sign_in_code SET sent_at = '{}' WHERE email = $1`, [email]);
    const before = platform.codes(email).length;
    const answers = await Promise.all(Array.from({ length: 20 }, () => request(email)));
    expect(platform.codes(email)).toHaveLength(before + 5);
    const refused = answers.filter(({ reason }) => reason === 'TOO_MANY_CODES');
    expect(refused).toHaveLength(15);
    const [{ first } = { first: new Date(0) }] = await platform.database.sql<{ first: Date }>(
      'SELECT sent_at[1] AS first FROM sign_in_code WHERE email = $1',
      [email],
    );
    for (const { retryAt } of refused) expect(Date.parse(retryAt)).toBe(first.getTime() + 600_000);
    expect(await enter(email, platform.code(email))).toMatchObject({ __typename: 'SignInPayload' });
  });
});

describe('an address that is no member’s', () => {
  it('can not be told from one that is, by asking, entering or exhausting', async () => {
    const { ownerEmail: known } = await anUnverifiedBusiness(platform);
    const unknown = anEmail();
    // The known one has had a code and a session already; both start from nothing here.
    await platform.database.sql('DELETE FROM sign_in_code WHERE email = $1', [known]);
    const story = async (email: string) => {
      const told = [await enter(email, '123456'), await request(email)];
      for (let at = 0; at < 3; at++) told.push(await enter(email, '123456'));
      for (let at = 0; at < 6; at++) told.push(await request(email));
      for (let at = 0; at < 4; at++) told.push(await enter(email, '123456'));
      told.push(await request(email), await register({ ownerEmail: email }));
      return told.map(shape);
    };
    expect(await story(unknown)).toEqual(await story(known));
    expect(platform.codes(unknown)).toEqual([]);
    expect(await platform.database.sql('SELECT FROM member WHERE email = $1', [unknown])).toEqual([]);
  });
});

describe('a session', () => {
  it('ends when it is signed out, at once', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    await platform.business(token).do('mutation { signOut { signedOut } }');
    const { errors } = await platform.business(token).raw('{ viewer { permissions } }');
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('is stored only as a hash', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    const rows = await platform.database.sql<{ row: string }>('SELECT s::text AS row FROM member_session s');
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) expect(row).not.toContain(token);
  });

  it.each(['', 'Bearer', 'Bearer mst_nonsense', `Bearer mst_${'A'.repeat(49)}`, 'Basic dXNlcjpzZWNyZXQ='])(
    'is not opened by "%s"',
    async (authorization) => {
      const response = await fetch(`${platform.url}/business/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ query: '{ viewer { permissions } }' }),
      });
      expect(await response.text()).toContain('UNAUTHENTICATED');
    },
  );

  it('does not reach the other audiences', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    const { errors } = await platform.admin(token).raw('{ admin { id } }');
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

it('logs neither codes nor addresses', () => {
  const logged = platform.logs.join('\n');
  expect(logged).not.toContain('@example.com');
});
