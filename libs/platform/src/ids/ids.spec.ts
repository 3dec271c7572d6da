import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KeyRing } from '../keys/key-ring.js';
import { Handles, parsePublicId, publicId } from './ids.js';
import { uuid7 } from './uuid7.js';

const NOW = 1_795_392_000_000;
const id = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 42 }), fc.integer({ min: 0, max: 1023 }))
  .map(([at, lane]) => uuid7(at, lane));
const keys = KeyRing.parse(`1:${randomBytes(32).toString('base64')}`);
const handles = new Handles(keys);
const [here, there] = [`business:${uuid7(NOW)}`, `business:${uuid7(NOW)}`];

describe('public ids', () => {
  it('lead back to their id', () => {
    fc.assert(
      fc.property(id, (its) => {
        expect(publicId('biz', its)).toMatch(/^biz_[0-9a-z]{26}$/);
        expect(parsePublicId('biz', publicId('biz', its))).toBe(its);
      }),
    );
  });

  it.each([
    ['of another kind', publicId('mem', uuid7(NOW))],
    ['without a prefix', publicId('biz', uuid7(NOW)).slice(4)],
    ['of no UUIDv7', `biz_${'0'.repeat(26)}`],
    ['cut short', publicId('biz', uuid7(NOW)).slice(0, -1)],
    ['empty', ''],
  ])('are not read from a text %s', (_, text) => {
    expect(parsePublicId('biz', text)).toBeUndefined();
  });
});

describe('handles', () => {
  it('lead their viewer back to the id, whatever was sealed and opened in between', () => {
    fc.assert(
      fc.property(fc.array(id, { minLength: 1, maxLength: 5 }), (ids) => {
        const sealed = ids.map((its) => handles.seal(here, 'ctc', its));
        expect(sealed.map((handle) => handles.open(here, 'ctc', handle))).toEqual(ids);
      }),
    );
  });

  it('are the same in every process that has the keys', () => {
    const its = uuid7(NOW, 5);
    expect(new Handles(keys).seal(here, 'ctc', its)).toBe(handles.seal(here, 'ctc', its));
  });

  it('stay as they are when a key version is added', () => {
    const first = `1:${randomBytes(32).toString('base64')}`;
    const its = uuid7(NOW, 5);
    const before = new Handles(KeyRing.parse(first)).seal(here, 'ctc', its);
    const after = new Handles(KeyRing.parse(`${first},2:${randomBytes(32).toString('base64')}`));
    expect(after.seal(here, 'ctc', its)).toBe(before);
  });

  it('never lead another viewer to the id', () => {
    fc.assert(
      fc.property(id, (its) => {
        const handle = handles.seal(here, 'ctc', its);
        expect(handles.seal(there, 'ctc', its)).not.toBe(handle);
        expect(handles.open(there, 'ctc', handle)).not.toBe(its);
      }),
    );
  });

  it('show neither time nor lane: neighbours share no more letters than chance has it', () => {
    const neighbours = Array.from({ length: 200 }, () => handles.seal(here, 'ctc', uuid7(NOW, 5)));
    for (let at = 5; at < 30; at++) {
      expect(new Set(neighbours.map((handle) => handle.charAt(at))).size).toBeGreaterThan(16);
    }
  });

  it('are not read under another prefix, nor from what is no handle', () => {
    const handle = handles.seal(here, 'ctc', uuid7(NOW, 5));
    expect(handles.open(here, 'msg', handle)).toBeUndefined();
    expect(handles.open(here, 'ctc', 'ctc_')).toBeUndefined();
    expect(handles.open(here, 'ctc', `${handle}0`)).toBeUndefined();
  });
});
