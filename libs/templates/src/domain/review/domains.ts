import { isWithin } from '../parameters.js';

/** Letters that look like Latin ones: from Unicode's confusables (UTS #39), those that domains are faked with. */
const LOOKS_LIKE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: 'аɑαàáâäåạ',
    b: 'ь',
    c: 'сϲç',
    d: 'ԁ',
    e: 'еёєèéêëẹ3',
    g: 'ɡġ',
    h: 'һ',
    i: 'іїìíıɩι',
    j: 'ј',
    k: 'κк',
    l: 'ӏḷ1',
    m: 'м',
    n: 'пñηո',
    o: 'оοσօòóôöøọ0',
    p: 'рρ',
    q: 'ԛ',
    r: 'г',
    s: 'ѕşș5',
    t: 'тτ',
    u: 'υսùúü',
    v: 'νѵ',
    w: 'ѡԝω',
    x: 'хχ',
    y: 'уүγý',
    z: 'żźƶ',
  }).flatMap(([letter, alike]) => Array.from(alike, (other) => [other, letter] as const)),
);
const PAIRS: readonly [RegExp, string][] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/cl/g, 'd'],
];
/** Endings under which anyone registers a name, where a look at the last label alone would see only `co`. */
const SECOND_LEVEL = new Set(['co', 'com', 'org', 'net', 'ac', 'gov', 'edu']);

/** How a name looks to somebody who glances at it: look-alike letters and pairs as the Latin ones that they pass for. */
export function skeletonOf(name: string): string {
  const letters = Array.from(
    name.toLowerCase().normalize('NFC'),
    (letter) => LOOKS_LIKE.get(letter) ?? letter,
  ).join('');
  return PAIRS.reduce((text, [pair, single]) => text.replace(pair, single), letters).replaceAll('-', '');
}

/** The part of a host that its owner registered, without what it ends with: `shop.example.co.uk` → `example`. */
export function registeredName(hostname: string): string {
  const labels = hostname.split('.');
  labels.pop();
  if (labels.length > 1 && SECOND_LEVEL.has(labels.at(-1) ?? '')) labels.pop();
  return labels.at(-1) ?? hostname;
}

/** Why a host looks like another one without being it; undefined where it does not, or is that one. */
export function resemblance(hostname: string, genuine: string): string | undefined {
  if (isWithin(hostname, genuine)) return undefined;
  const shown = fromPunycode(hostname);
  const name = registeredName(shown);
  const wanted = registeredName(genuine);
  if (wanted.length < 4) return undefined;
  if (name === wanted) return undefined;
  if (skeletonOf(name) === skeletonOf(wanted)) return `${shown} is written to look like ${genuine}`;
  if (shown.split(/[.-]/).some((part) => part !== name && skeletonOf(part) === skeletonOf(wanted))) {
    return `${shown} has the name of ${genuine} in it`;
  }
  const near = wanted.length >= 8 ? 2 : 1;
  if (Math.abs(name.length - wanted.length) <= near && editDistance(name, wanted) <= near) {
    return `${shown} is almost ${genuine}`;
  }
  return undefined;
}

/** How many letters are to be changed, added, dropped or swapped with their neighbour (optimal string alignment). */
export function editDistance(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[other.length] ?? 0;
}

/** A host as a reader sees it: its `xn--` labels decoded (RFC 3492); as it is where they can not be. */
export function fromPunycode(hostname: string): string {
  return hostname
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (decodeLabel(label.slice(4)) ?? label) : label))
    .join('.');
}

/** RFC 3492, 6.2, with its parameters for IDNA. */
function decodeLabel(encoded: string): string | undefined {
  const split = encoded.lastIndexOf('-');
  const output = split > 0 ? Array.from(encoded.slice(0, split), (letter) => letter.codePointAt(0) ?? 0) : [];
  let [n, i, bias] = [128, 0, 72];
  for (let at = split > 0 ? split + 1 : 0; at < encoded.length;) {
    const before = i;
    for (let weight = 1, k = 36; ; k += 36) {
      const digit = '0123456789'.includes(encoded[at] ?? '')
        ? Number(encoded[at]) + 26
        : (encoded.charCodeAt(at) | 32) - 97;
      at++;
      if (!(digit >= 0 && digit < 36)) return undefined;
      i += digit * weight;
      const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
      if (digit < threshold) break;
      weight *= 36 - threshold;
    }
    const length = output.length + 1;
    let delta = before === 0 ? Math.floor((i - before) / 700) : Math.floor((i - before) / 2);
    delta += Math.floor(delta / length);
    let k = 0;
    for (; delta > 455; k += 36) delta = Math.floor(delta / 35);
    bias = k + Math.floor((36 * delta) / (delta + 38));
    n += Math.floor(i / length);
    i %= length;
    if (n > 0x10ffff) return undefined;
    output.splice(i++, 0, n);
  }
  return String.fromCodePoint(...output);
}
