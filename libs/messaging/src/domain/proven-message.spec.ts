import { describe, expect, it } from '@jest/globals';
import { provenText } from './proven-message.js';

const parties = { businessId: 'business', personId: 'person', contactId: 'contact' };
const media = { type: 'image/png', bytes: 1, sha256: 'ab', name: 'a.png' };

describe('what a proof is made over', () => {
  it('is another for whatever is changed of a message', () => {
    const words = { text: 'Hello', media };
    const all = [
      provenText('id', parties, words),
      provenText('other', parties, words),
      ...Object.keys(parties).map((name) => provenText('id', { ...parties, [name]: 'other' }, words)),
      provenText('id', parties, { ...words, text: 'Hello ' }),
      provenText('id', parties, { ...words, media: null }),
      ...Object.entries({ type: 'image/gif', bytes: 2, sha256: 'ac', name: null }).map(([name, value]) =>
        provenText('id', parties, { ...words, media: { ...media, [name]: value } }),
      ),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('can not be made to look like another message by the end of a line', () => {
    const file = JSON.stringify(Object.values(media));
    expect(provenText('id', parties, { text: `${file}\nHello`, media: null })).not.toBe(
      provenText('id', parties, { text: 'Hello', media }),
    );
    expect(
      provenText('id', parties, { text: '', media: { ...media, name: 'a\nb' } }).split('\n'),
    ).toHaveLength(6);
  });
});
