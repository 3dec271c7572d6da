import { crc32 } from 'node:zlib';

/** A token with the checksum that its text asks for. */
export function signed(body: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return body + bytes.toString('base64url');
}
export const bodyOf = (token: string) => token.slice(0, -6);
const flipped = (text: string, at: number) =>
  text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
const unsignedJwt = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"admin"}').toString('base64url')}.`;

/** How a good token becomes a header that is none. */
export const FORGERIES: [string, (token: string) => string][] = [
  ['nothing behind the scheme', () => 'Bearer '],
  ['a token without a scheme', (token) => token],
  ['a token under another scheme', (token) => `Basic ${token}`],
  ['a token in quotes', (token) => `Bearer "${token}"`],
  ['two tokens', (token) => `Bearer ${token} ${token}`],
  ['two headers in one', (token) => `Bearer x, Bearer ${token}`],
  ['a token cut by one letter', (token) => `Bearer ${token.slice(0, -1)}`],
  ['a token cut at its front', (token) => `Bearer ${token.slice(1)}`],
  ['half a token', (token) => `Bearer ${token.slice(0, token.length / 2)}`],
  ['a token with one letter more', (token) => `Bearer ${token}A`],
  ['a token with one letter changed', (token) => `Bearer ${flipped(token, 20)}`],
  [
    'a token with one letter changed and a checksum that fits',
    (token) => `Bearer ${signed(flipped(bodyOf(token), 20))}`,
  ],
  ['a token with its checksum changed', (token) => `Bearer ${flipped(token, token.length - 1)}`],
  ['a token in capitals', (token) => `Bearer ${token.toUpperCase()}`],
  ['a token turned around', (token) => `Bearer ${Array.from(token).reverse().join('')}`],
  [
    'its prefix alone, with a checksum that fits',
    (token) => `Bearer ${signed(/^[a-z]+(?:_(?:live|test))?_/.exec(token)![0])}`,
  ],
  [
    '43 zeros with a checksum that fits',
    (token) => `Bearer ${signed(`${/^[a-z]+(?:_(?:live|test))?_/.exec(token)![0]}${'A'.repeat(43)}`)}`,
  ],
  ['a token in base64', (token) => `Bearer ${Buffer.from(token).toString('base64')}`],
  ['an unsigned JWT', () => `Bearer ${unsignedJwt}`],
  ['SQL', () => `Bearer ' OR true --`],
  ['a pattern', (token) => `Bearer ${token.slice(0, 4)}%`],
  ['null', () => 'Bearer null'],
  ['10,000 letters', (token) => `Bearer ${token.slice(0, 4)}${'A'.repeat(8_000)}`],
];
