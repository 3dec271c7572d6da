import { describe, expect, it } from '@jest/globals';
import { challengeFor, holdsLine, readWebsite, type Website } from './website.js';

const strict = (text: string) => readWebsite(text, { allowPrivate: false });
const lax = (text: string) => readWebsite(text, { allowPrivate: true });

describe('a website', () => {
  it('is known by its host in lower case and ASCII', () => {
    expect(strict(' https://Www.Bücher.Example./shop?x=1#top ')).toEqual({
      url: 'https://www.xn--bcher-kva.example/shop?x=1',
      origin: 'https://www.xn--bcher-kva.example',
      host: 'www.xn--bcher-kva.example',
      hostname: 'www.xn--bcher-kva.example',
    });
  });

  it.each([
    'http://example.com',
    'ftp://example.com',
    'example.com',
    'https://',
    'https://user:secret@example.com',
    'https://example.com:8443',
    `https://example.com/${'x'.repeat(2_048)}`,
    `https://${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(50)}.example`,
    'javascript:alert(1)',
    'file:///etc/passwd',
  ])('is not %s', (text) => {
    expect(strict(text)).toHaveProperty('rule');
  });

  it('may use http and a port only where private websites are allowed', () => {
    expect(lax('http://127.0.0.1:8080')).toMatchObject({
      origin: 'http://127.0.0.1:8080',
      host: '127.0.0.1:8080',
    });
    expect(lax('ftp://127.0.0.1')).toHaveProperty('rule');
  });
});

describe('a domain challenge', () => {
  it('names the file and the record', () => {
    expect(challengeFor(strict('https://example.com/shop') as Website, 'abc')).toEqual({
      host: 'example.com',
      fileUrl: 'https://example.com/.well-known/assent-verification.txt',
      filePath: '/.well-known/assent-verification.txt',
      fileContent: 'assent-verification=abc',
      dnsName: '_assent-verification.example.com',
      dnsValue: 'assent-verification=abc',
    });
  });

  it.each(['https://192.0.2.1', 'https://3221225985', 'https://[2001:db8::1]'])(
    'has no record for %s',
    (text) => {
      expect(challengeFor(strict(text) as Website, 'abc').dnsName).toBeNull();
    },
  );

  it('is met by a line of its own, and by nothing less', () => {
    expect(holdsLine('\r\nother\r\n assent-verification=abc \r\n', 'assent-verification=abc')).toBe(true);
    expect(holdsLine('assent-verification=abcd', 'assent-verification=abc')).toBe(false);
    expect(holdsLine('<p>assent-verification=abc</p>', 'assent-verification=abc')).toBe(false);
  });
});
