/** The default alphabet of GSM (3GPP TS 23.038), each character at its septet. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const ESCAPE = 0x1b;
/** Characters that take an escape before their septet. */
const EXTENSION: Readonly<Record<string, number>> = {
  '\f': 0x0a,
  '^': 0x14,
  '{': 0x28,
  '}': 0x29,
  '\\': 0x2f,
  '[': 0x3c,
  '~': 0x3d,
  ']': 0x3e,
  '|': 0x40,
  '€': 0x65,
};
const SEPTETS = new Map(Array.from(BASIC).map((character, at) => [character, at]));

/** `data_coding` of SMPP 3.4: the SMSC's default alphabet, one septet an octet, and UCS-2. */
export const GSM_7 = 0x00;
export const UCS_2 = 0x08;

/** What one message carries alone, and as part of a long one, beside the header of six octets (3GPP TS 23.040, 9.2.3.24.1). */
const ROOM = { [GSM_7]: { alone: 160, part: 153 }, [UCS_2]: { alone: 140, part: 134 } };

/** One short message of a text. */
export interface SmsPart {
  dataCoding: typeof GSM_7 | typeof UCS_2;
  /** User data header that says which part it is; null: it is the whole. */
  header: Buffer | null;
  body: Buffer;
}

/**
 * A text as short messages: in GSM's alphabet where it has all the characters, else in UCS-2. No character is cut in two.
 * @param reference 0 to 255, the same for all parts of a text and for the same text each time: by it phones put them together
 */
export function partsOf(text: string, reference: number): SmsPart[] {
  const septets = toGsm7(text);
  const dataCoding = septets ? GSM_7 : UCS_2;
  const characters = septets ?? Array.from(text).map(toUcs2);
  const room = ROOM[dataCoding];
  const octets = characters.reduce((sum, { length }) => sum + length, 0);
  if (octets <= room.alone) return [{ dataCoding, header: null, body: Buffer.concat(characters) }];
  const bodies: Buffer[][] = [[]];
  let used = 0;
  for (const character of characters) {
    if (used + character.length > room.part) {
      bodies.push([]);
      used = 0;
    }
    bodies.at(-1)?.push(character);
    used += character.length;
  }
  return bodies.map((body, at) => ({
    dataCoding,
    header: Buffer.from([5, 0, 3, reference & 0xff, bodies.length, at + 1]),
    body: Buffer.concat(body),
  }));
}

/** A character each; undefined where one is not in the alphabet. */
function toGsm7(text: string): Buffer[] | undefined {
  const characters: Buffer[] = [];
  for (const character of text) {
    const septet = SEPTETS.get(character);
    const extended = EXTENSION[character];
    if (septet !== undefined && septet !== ESCAPE) characters.push(Buffer.from([septet]));
    else if (extended !== undefined) characters.push(Buffer.from([ESCAPE, extended]));
    else return undefined;
  }
  return characters;
}

/** Big-endian; what is beyond the first plane goes as a surrogate pair, as phones have it. */
function toUcs2(character: string): Buffer {
  return Buffer.from(character, 'utf16le').swap16();
}
