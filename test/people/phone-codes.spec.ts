import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPhone, enterCode, requestCode } from '../support/builders/people.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const MINUTE = 60_000;
let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
});
afterAll(() => platform.stop());

const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('requestPhoneCode', () => {
  it('sends exactly 5 of 20 codes that are asked for at once, and tells the others when to come back', async () => {
    const phone = aPhone();
    const answers = await Promise.all(Array.from({ length: 20 }, () => requestCode(platform, phone)));
    const refusals = answers.filter(({ reason }) => reason === 'TOO_MANY_CODES');
    expect(platform.codes(phone)).toHaveLength(5);
    expect(refusals).toHaveLength(15);
    expect(new Set(refusals.map(({ __typename }) => __typename))).toEqual(new Set(['TooManyPhoneCodes']));
    const wait = Date.parse(refusals[0].retryAt) - Date.now();
    expect(wait).toBeGreaterThan(9 * MINUTE);
    expect(wait).toBeLessThanOrEqual(10 * MINUTE);

    await platform.shiftClock(wait - 2_000);
    expect(await requestCode(platform, phone)).toMatchObject({ reason: 'TOO_MANY_CODES' });
    await platform.shiftClock(wait + 1);
    expect(await requestCode(platform, phone)).toMatchObject({ __typename: 'RequestPhoneCodePayload' });
    await platform.shiftClock(0);
  });

  it('counts a number once however it is written', async () => {
    const phone = aPhone();
    const national = `0${phone.slice(3)}`;
    const forms = [
      phone,
      national,
      `00${phone.slice(1)}`,
      `${phone.slice(0, 6)} / ${phone.slice(6)}`,
      national,
    ];
    for (const form of forms) {
      expect(await requestCode(platform, form, 'DE')).toMatchObject({
        __typename: 'RequestPhoneCodePayload',
      });
    }
    expect(await requestCode(platform, phone)).toMatchObject({ reason: 'TOO_MANY_CODES' });
  });

  it('goes on counting after a code was used', async () => {
    const phone = aPhone();
    for (let turn = 0; turn < 5; turn++) {
      await requestCode(platform, phone);
      expect(await enterCode(platform, phone, platform.code(phone))).toHaveProperty('token');
    }
    expect(await requestCode(platform, phone)).toMatchObject({ reason: 'TOO_MANY_CODES' });
  });

  it.each([
    [{ phone: 'not a number' }, 'input.phone'],
    [{ phone: '0151 23456789' }, 'input.phone'],
    [{ phone: '+49 151 23456789 ext. 7' }, 'input.phone'],
    [{ phone: '1'.repeat(41) }, 'input.phone'],
    [{ phone: '0151 23456789', country: 'Germany' }, 'input.country'],
  ])('refuses %j and names the field', async (input, field) => {
    const { errors } = await platform
      .person()
      .raw('mutation ($input: RequestPhoneCodeInput!) { requestPhoneCode(input: $input) { __typename } }', {
        input,
      });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', faults: [{ field }] });
    expect(JSON.stringify(errors)).not.toContain(input.phone);
  });
});

describe('verifyPhone', () => {
  it('answers a wrong, a used, an expired and a never sent code alike', async () => {
    const [phone, other, unknown] = [aPhone(), aPhone(), aPhone()];
    await requestCode(platform, phone);
    const code = platform.code(phone);
    const answers = [await enterCode(platform, phone, wrong(code)), await enterCode(platform, unknown, code)];
    expect(await enterCode(platform, phone, code)).toHaveProperty('token');
    answers.push(await enterCode(platform, phone, code));

    await requestCode(platform, other);
    await platform.shiftClock(10 * MINUTE);
    answers.push(await enterCode(platform, other, platform.code(other)));
    await platform.shiftClock(0);

    expect(answers[0]).toMatchObject({
      __typename: 'PhoneCodeInvalid',
      reason: 'CODE_INVALID',
      retryAt: null,
    });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('takes the newest code only', async () => {
    const phone = aPhone();
    await requestCode(platform, phone);
    await requestCode(platform, phone);
    const [first, second] = platform.codes(phone);
    if (first !== second)
      expect(await enterCode(platform, phone, first!)).toMatchObject({ reason: 'CODE_INVALID' });
    expect(await enterCode(platform, phone, second!)).toHaveProperty('token');
  });

  it('looks at 5 codes, however many are tried at once, and a new code brings no new tries', async () => {
    const phone = aPhone();
    await requestCode(platform, phone);
    const code = platform.code(phone);
    const tries = await Promise.all(
      Array.from({ length: 12 }, () => enterCode(platform, phone, wrong(code))),
    );
    expect(tries.filter(({ reason }) => reason === 'CODE_INVALID')).toHaveLength(5);
    expect(tries.filter(({ reason }) => reason === 'TOO_MANY_ATTEMPTS')).toHaveLength(7);

    const refusal = await enterCode(platform, phone, code);
    expect(refusal).toMatchObject({ __typename: 'TooManyPhoneCodeAttempts', reason: 'TOO_MANY_ATTEMPTS' });
    expect(await requestCode(platform, phone)).toMatchObject({
      reason: 'TOO_MANY_ATTEMPTS',
      retryAt: refusal.retryAt,
    });

    await platform.shiftClock(Date.parse(refusal.retryAt) - Date.now() + 1);
    expect(await requestCode(platform, phone)).toHaveProperty('expiresAt');
    expect(await enterCode(platform, phone, platform.code(phone))).toHaveProperty('token');
    await platform.shiftClock(0);
  });

  it('asks for a code of 6 digits', async () => {
    const { errors } = await platform
      .person()
      .raw('mutation ($input: VerifyPhoneInput!) { verifyPhone(input: $input) { __typename } }', {
        input: { phone: aPhone(), code: '12345' },
      });
    expect(errors?.[0]?.extensions.faults).toEqual([
      { field: 'input.code', rule: 'must be the 6 digits of the code' },
    ]);
  });
});

it('writes no number and no code into its logs', async () => {
  const phone = aPhone();
  await requestCode(platform, phone);
  const code = platform.code(phone);
  await enterCode(platform, phone, wrong(code));
  await enterCode(platform, phone, code);
  const logs = platform.logs.join('\n');
  expect(logs).not.toContain(phone.slice(1));
  expect(logs).not.toContain(`"${code}"`);
});
