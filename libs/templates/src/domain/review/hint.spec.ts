import { describe, expect, it } from '@jest/globals';
import type { MessagePurpose, TemplateContent } from '../template.js';
import { editDistance, fromPunycode, registeredName, resemblance, skeletonOf } from './domains.js';
import { hostsOf, type KnownBusiness, reviewHint } from './hint.js';

const BAKERY: KnownBusiness = {
  displayName: 'Bäckerei Müller',
  legalName: 'Bäckerei Müller GmbH',
  hostname: 'www.baeckerei-mueller.de',
};
const saying = (body: string, domain?: string): TemplateContent => ({
  defaultLanguage: 'en',
  texts: [{ language: 'en', body }],
  parameters: domain ? [{ name: 'link', type: 'URL', domain, example: `https://${domain}/` }] : [],
});
const kindsOf = (content: TemplateContent, purpose: MessagePurpose = 'SERVICE', business = BAKERY) =>
  reviewHint(purpose, content, business).grounds.map(({ kind }) => kind);

describe("a reviewer's hint", () => {
  it('finds nothing in what most businesses write', () => {
    for (const body of [
      'Hi {name}, your order {order} is on its way and arrives on {when}.',
      'Ihr Termin am {when} wurde bestätigt. Antworten Sie mit 1, um ihn zu verschieben.',
      'تم تأكيد موعدك يوم {when}.',
      'Your code is {code}. Do not share it with anybody.',
      'Ваш заказ {order} готов к выдаче.',
      '您的订单 {order} 已发货。',
    ]) {
      expect(reviewHint('SERVICE', saying(body), BAKERY)).toEqual({ score: 0, grounds: [] });
    }
    expect(kindsOf(saying('See {link}', 'shop.baeckerei-mueller.de'))).toEqual([]);
  });

  it.each<[string, string, string | undefined]>([
    ['URGENCY', 'Act now or your account will be closed', undefined],
    ['URGENCY', 'Срочно: карта заблокирована', undefined],
    ['URGENCY', 'عاجل: تم تعليق حسابك', undefined],
    ['BAIT', 'Congratulations! You have won', undefined],
    ['BAIT', '恭喜您，您中奖了', undefined],
    ['SHORTENER', 'See bit.ly/abc', undefined],
    ['SHORTENER', 'See {link}', 'tinyurl.com'],
    ['LOOK_ALIKE', 'See {link}', 'paypa1.com'],
    ['LOOK_ALIKE', 'See {link}', 'xn--pypal-4ve.com'],
    ['LOOK_ALIKE', 'See {link}', 'arnazon.com'],
    ['LOOK_ALIKE', 'See {link}', 'paypal.com.secure-login.example'],
    ['LOOK_ALIKE', 'See {link}', 'paypal-refunds.example'],
    ['LOOK_ALIKE', 'See {link}', 'gooogle.com'],
    ['LOOK_ALIKE', 'See {link}', 'baeckerei-muelIer.de'.toLowerCase()],
    ['PUNYCODE', 'See {link}', 'xn--bckerei-5wa.example'],
    ['FOREIGN_DOMAIN', 'See {link}', 'example.org'],
    ['BRAND', 'Your PayPal payment failed', undefined],
    ['BRAND', 'Your parcel with UPS', undefined],
    ['CATEGORY', 'Special offer: 20 % off, buy now', undefined],
    ['CATEGORY', 'Nur noch heute: Rabatt auf alles', undefined],
    ['CATEGORY', 'Скидки на всё', undefined],
    ['CATEGORY', '限时优惠', undefined],
  ])('has the ground %s: %s %s', (kind, body, domain) => {
    const hint = reviewHint('SERVICE', saying(body, domain), BAKERY);
    expect(hint.grounds.map((ground) => ground.kind)).toContain(kind);
    expect(hint.score).toBeGreaterThan(0);
  });

  it('knows words from parts of words, and ups from UPS', () => {
    expect(kindsOf(saying('Your wholesale order and follow-ups of the visa application'))).toEqual([]);
  });

  it('does not hold a business to be a stranger to its own brand and domain', () => {
    const paypal = { displayName: 'PayPal', legalName: 'PayPal Europe', hostname: 'www.paypal.com' };
    expect(kindsOf(saying('PayPal: see {link}', 'paypal.com'), 'SERVICE', paypal)).toEqual([]);
  });

  it('does not look for selling where selling is what it is for', () => {
    expect(kindsOf(saying('Special offer: buy now'), 'MARKETING')).toEqual([]);
  });

  it('is a number from 0 to 100 with its heaviest ground first', () => {
    const worst = saying(
      'URGENT final notice act now winner lottery jackpot PayPal Amazon Netflix sale discount coupon bit.ly paypa1.com',
    );
    const { score, grounds } = reviewHint('SERVICE', worst, BAKERY);
    expect(score).toBe(100);
    expect(grounds[0]?.weight).toBe(Math.max(...grounds.map(({ weight }) => weight)));
  });

  it('takes no longer for what is written to make it slow', () => {
    const started = performance.now();
    for (const body of [
      'sale'.repeat(256),
      'a.'.repeat(512),
      'a-'.repeat(512),
      'ab'.repeat(512),
      'sale '.repeat(204),
    ]) {
      const texts = Array.from({ length: 20 }, (_, at) => ({ language: `l${at}`, body }));
      reviewHint('SERVICE', { defaultLanguage: 'l0', texts, parameters: [] }, BAKERY);
    }
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('domains', () => {
  it('are found where they are written or declared', () => {
    expect(
      hostsOf(saying('See https://Shop.Example.com/x, пример.рф or a.b@mail.example', 'example.org')).sort(),
    ).toEqual(['example.org', 'shop.example.com', 'xn--e1afmkfd.xn--p1ai']);
  });

  it('are decoded as RFC 3492 says', () => {
    expect(fromPunycode('xn--e1afmkfd.xn--p1ai')).toBe('пример.рф');
    expect(fromPunycode('xn--bcher-kva.example')).toBe('bücher.example');
    expect(fromPunycode('xn--ihqwcrb4cv8a8dqg056pqjye.example')).toBe('他们为什么不说中文.example');
    expect(fromPunycode('xn--\u{1F600}')).toBe('xn--\u{1F600}');
  });

  it('look alike by their skeletons', () => {
    expect(skeletonOf('раураl')).toBe(skeletonOf('paypal'));
    expect(skeletonOf('rnicrosoft')).toBe(skeletonOf('microsoft'));
    expect(registeredName('shop.example.co.uk')).toBe('example');
    expect(editDistance('gogole', 'google')).toBe(1);
    expect(resemblance('mail.google.com', 'google.com')).toBeUndefined();
    expect(resemblance('example.com', 'google.com')).toBeUndefined();
  });
});
