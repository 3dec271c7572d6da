import { describe, expect, it } from '@jest/globals';
import { canonicalRecord, sinceOf, standingAfter, stopOf } from './consent-event.js';
import type { ConsentSubject } from './consent-fact.js';
import { PURPOSES } from './purpose.js';

describe('canonicalRecord', () => {
  it('is the JSON of RFC 8785: names in order, no spaces, times in UTC, null said', () => {
    const record = {
      seq: 7,
      personId: 'p',
      id: 'e',
      at: new Date('2026-11-20T08:00:00.120+01:00'),
      actor: 'PERSON',
      action: 'STOP',
      businessId: null,
      purpose: 'MARKETING',
      source: 'say "no" – ö',
      policyVersion: 1,
      evidence: null,
    } as const;
    expect(canonicalRecord(record)).toBe(
      '{"action":"STOP","actor":"PERSON","at":"2026-11-20T07:00:00.120Z","businessId":null,"evidenceAt":null,' +
        '"evidenceKind":null,"evidenceRef":null,"id":"e","personId":"p","policyVersion":1,"purpose":"MARKETING","seq":7,' +
        '"source":"say \\"no\\" – ö","wordingHash":null}',
    );
  });

  it('holds what an opt-in rests on', () => {
    const record = {
      seq: 1,
      personId: 'p',
      id: 'e',
      at: new Date('2026-11-20T08:00:00Z'),
      actor: 'BUSINESS',
      action: 'ALLOW',
      businessId: 'b',
      purpose: 'MARKETING',
      source: 'import',
      policyVersion: 1,
      evidence: {
        kind: 'WEB_FORM',
        at: new Date('2026-01-02T03:04:05.006Z'),
        wordingHash: 'ab',
        reference: 'row 9',
      },
    } as const;
    expect(JSON.parse(canonicalRecord(record))).toMatchObject({
      evidenceAt: '2026-01-02T03:04:05.006Z',
      evidenceKind: 'WEB_FORM',
      evidenceRef: 'row 9',
      wordingHash: 'ab',
    });
    expect(sinceOf(record)).toEqual(record.evidence.at);
  });
});

describe('standingAfter', () => {
  it('stops the very subject that a stop named', () => {
    const subjects: ConsentSubject[] = ['BLOCK', 'EVERYTHING', ...PURPOSES];
    for (const subject of subjects) {
      expect(standingAfter(stopOf('shop', subject))).toEqual({
        businessId: 'shop',
        subject,
        standing: 'STOPPED',
      });
    }
  });

  it('gives an allowance the subject of the stop that it lifts', () => {
    const scopes = [
      { businessId: null, purpose: null },
      { businessId: 'shop', purpose: null },
      { businessId: null, purpose: 'ADS' as const },
      { businessId: 'shop', purpose: 'ADS' as const },
    ];
    for (const scope of scopes) {
      const { standing, ...lifted } = standingAfter({ action: 'ALLOW', ...scope });
      expect(standing).toBe(scope.purpose ? 'ALLOWED' : 'LIFTED');
      expect(standingAfter({ action: 'LIFT', ...scope })).toEqual({ ...lifted, standing: 'LIFTED' });
      expect(standingAfter({ action: 'STOP', ...scope })).toEqual({ ...lifted, standing: 'STOPPED' });
    }
  });
});
