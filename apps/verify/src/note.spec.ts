import { describe, expect, it } from '@jest/globals';
import { checkSignatures, openCheckpoint, readKey } from './note.js';

// The example of https://c2sp.org/signed-note.
const KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const TEXT = 'This is an example message.\n';
const SIGNATURE =
  '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=';

describe('the published example of a signed note', () => {
  const key = readKey(KEY);

  it('is signed by its key', () => {
    expect(checkSignatures(TEXT, [SIGNATURE], [key], 'the note')).toEqual([key]);
  });

  it('is not, when one letter is another one', () => {
    expect(() => checkSignatures(TEXT.replace('This', 'That'), [SIGNATURE], [key], 'the note')).toThrow(
      /is wrong/,
    );
  });

  it('may have signatures of strangers, which say nothing', () => {
    const stranger = SIGNATURE.replace('Uw2QO', 'Xw2QO');
    expect(checkSignatures(TEXT, [stranger, SIGNATURE], [key], 'the note')).toEqual([key]);
    expect(checkSignatures(TEXT, [stranger], [key], 'the note')).toEqual([]);
  });

  it.each([
    ['an id that is not its own', KEY.replace('530d903a', '530d903b')],
    ['another name', KEY.replace('foo', 'bar')],
    ['another type', KEY.replace('+Aek', '+Bek')],
    ['no id', KEY.replace('+530d903a', '')],
    ['too few bytes', KEY.slice(0, -4)],
  ])('has no key with %s', (_, text) => {
    expect(() => readKey(text)).toThrow(/key/);
  });
});

describe('a checkpoint', () => {
  it.each([
    ['no signatures', 'a\n1\nx\n'],
    ['a size with a zero before it', 'a\n01\nAAAA\n\n— a AAAA\n'],
    ['extension lines', 'a\n1\nAAAA\nmore\n\n— a AAAA\n'],
    ['no newline at its end', 'a\n1\nAAAA\n\n— a AAAA'],
    ['a signature line that is none', 'a\n1\nAAAA\n\n- a AAAA\n'],
  ])('can not have %s', (_, note) => {
    expect(() => openCheckpoint(note, [])).toThrow(/checkpoint/);
  });
});
