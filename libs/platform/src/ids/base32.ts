const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** By the code of a letter; what is none has -1, or nothing. */
const VALUES = Int8Array.from({ length: 128 }, (_, code) => ALPHABET.indexOf(String.fromCharCode(code)));

/** 16 bytes as 26 letters of Crockford's base 32, most significant bit first (the encoding of TypeID). */
export function encodeBase32(bytes: Buffer): string {
  let text = '';
  let value = 0;
  let bits = 2; // 130 bits in 26 letters: two leading zeros
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET.charAt((value >>> bits) & 31);
      value &= (1 << bits) - 1;
    }
  }
  return text;
}

/** The 16 bytes of 26 letters, or undefined where they are none. */
export function decodeBase32(text: string): Buffer | undefined {
  if (text.length !== 26) return undefined;
  const bytes = Buffer.alloc(16);
  let value = 0;
  let bits = -2;
  let at = 0;
  for (let letter = 0; letter < text.length; letter++) {
    const digit = VALUES[text.charCodeAt(letter)] ?? -1;
    if (digit < 0) return undefined;
    value = (value << 5) | digit;
    bits += 5;
    if (at === 0 && bits === 3 && value > 7) return undefined; // would need more than 128 bits
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = value >>> bits;
      value &= (1 << bits) - 1;
    }
  }
  return bytes;
}
