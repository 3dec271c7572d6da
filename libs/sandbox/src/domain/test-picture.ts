/** What test persons send where they send a picture: the smallest PNG, one pixel, of 67 bytes. */
export const TEST_PICTURE = {
  type: 'image/png',
  name: 'picture.png',
  bytes: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg==',
    'base64',
  ),
} as const;
