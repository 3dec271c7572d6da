/** Kinds of media: each has a size of its own that is too large. */
export const MediaKind = { IMAGE: 'IMAGE', AUDIO: 'AUDIO', VIDEO: 'VIDEO', DOCUMENT: 'DOCUMENT' } as const;
export type MediaKind = keyof typeof MediaKind;

/** What a file of a type begins with, from a byte of it on. */
type Beginning = readonly [at: number, bytes: string];

const OFFICE: Beginning[] = [[0, 'PK\x03\x04']];
const OLD_OFFICE: Beginning[] = [[0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1']];
const ISO_MEDIA: Beginning[] = [[4, 'ftyp']];

/** Types that are taken, as large messaging platforms take them. None that a browser would run. */
const TYPES: Readonly<Record<string, { kind: MediaKind; begins: readonly Beginning[] }>> = {
  'image/jpeg': { kind: 'IMAGE', begins: [[0, '\xff\xd8\xff']] },
  'image/png': { kind: 'IMAGE', begins: [[0, '\x89PNG\r\n\x1a\n']] },
  'audio/aac': {
    kind: 'AUDIO',
    begins: [
      [0, '\xff\xf1'],
      [0, '\xff\xf9'],
      [0, 'ID3'],
    ],
  },
  'audio/amr': { kind: 'AUDIO', begins: [[0, '#!AMR']] },
  'audio/mpeg': {
    kind: 'AUDIO',
    begins: [
      [0, '\xff\xfb'],
      [0, '\xff\xf3'],
      [0, '\xff\xf2'],
      [0, 'ID3'],
    ],
  },
  'audio/mp4': { kind: 'AUDIO', begins: ISO_MEDIA },
  'audio/ogg': { kind: 'AUDIO', begins: [[0, 'OggS']] },
  'video/mp4': { kind: 'VIDEO', begins: ISO_MEDIA },
  'video/3gpp': { kind: 'VIDEO', begins: ISO_MEDIA },
  'application/pdf': { kind: 'DOCUMENT', begins: [[0, '%PDF-']] },
  'application/msword': { kind: 'DOCUMENT', begins: OLD_OFFICE },
  'application/vnd.ms-excel': { kind: 'DOCUMENT', begins: OLD_OFFICE },
  'application/vnd.ms-powerpoint': { kind: 'DOCUMENT', begins: OLD_OFFICE },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    kind: 'DOCUMENT',
    begins: OFFICE,
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { kind: 'DOCUMENT', begins: OFFICE },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': {
    kind: 'DOCUMENT',
    begins: OFFICE,
  },
};

export const MEDIA_TYPES = Object.keys(TYPES);

/** How much of a file tells its type. */
export const BEGINNING_BYTES = 16;

/** The kind of a type that is taken. */
export function kindOf(type: string): MediaKind | undefined {
  return Object.hasOwn(TYPES, type) ? TYPES[type]?.kind : undefined;
}

/** Whether a file that begins so can be of the type that was declared. */
export function isOfType(type: string, beginning: Buffer): boolean {
  const text = beginning.toString('latin1');
  return TYPES[type]?.begins.some(([at, bytes]) => text.startsWith(bytes, at)) ?? false;
}
