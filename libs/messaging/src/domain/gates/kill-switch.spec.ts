import { describe, expect, it } from '@jest/globals';
import { aSwitch, hours, NOW, sendingFacts } from '../../../../../test/support/builders/facts.js';
import { decide } from '../decide.js';
import type { Draft } from '../facts.js';
import { DISPATCH_GATES, SENDING_GATES } from '../gates.js';
import type { SwitchFact } from '../kill-switch.js';
import {
  businessSwitchGate,
  heldBusinessGate,
  marketingSwitchGate,
  templateSwitchGate,
} from './kill-switch.js';

const draft = (changes: Partial<Draft> = {}): Draft => ({
  purpose: 'AUTHENTICATION',
  templateId: 't',
  whenLimited: 'REFUSE',
  ...changes,
});
const facts = (off: SwitchFact, now = NOW, isSandbox = false) =>
  sendingFacts({ now, business: { status: 'VERIFIED', overrides: {}, isSandbox, switches: [off] } });

describe('a kill switch', () => {
  it('of a business refuses everything until it ends, and not at its end', () => {
    const off = aSwitch({ until: hours(1) });
    const refusal = { outcome: 'REFUSED', reason: 'BUSINESS_SWITCHED_OFF', retryAt: hours(1) };
    expect(businessSwitchGate(draft(), facts(off, new Date(hours(1).getTime() - 1)))).toEqual(refusal);
    expect(businessSwitchGate(draft(), facts(off, hours(1)))).toBeUndefined();
  });

  it('without an end refuses, and names no time', () => {
    expect(businessSwitchGate(draft(), facts(aSwitch()))).toMatchObject({
      outcome: 'REFUSED',
      retryAt: null,
    });
  });

  it('of marketing is about marketing of real people', () => {
    const off = aSwitch({ kind: 'MARKETING' });
    const marketing = draft({ purpose: 'MARKETING' });
    expect(marketingSwitchGate(marketing, facts(off))).toMatchObject({ reason: 'MARKETING_SWITCHED_OFF' });
    expect(marketingSwitchGate(draft({ purpose: 'SERVICE' }), facts(off))).toBeUndefined();
    expect(marketingSwitchGate(draft({ purpose: null }), facts(off))).toBeUndefined();
    expect(marketingSwitchGate(marketing, facts(off, NOW, true))).toBeUndefined();
  });

  it('of a template is about that one, and not about free words', () => {
    const off = aSwitch({ kind: 'TEMPLATE', templateId: 't' });
    expect(templateSwitchGate(draft(), facts(off))).toMatchObject({ reason: 'TEMPLATE_SWITCHED_OFF' });
    expect(templateSwitchGate(draft({ templateId: 'another' }), facts(off))).toBeUndefined();
    expect(templateSwitchGate(draft({ templateId: null }), facts(off))).toBeUndefined();
  });

  it('holds what was accepted, also what was not to wait for a limit, until it ends', () => {
    const held = { outcome: 'DEFERRED', reason: 'BUSINESS_SWITCHED_OFF', until: hours(1) };
    expect(heldBusinessGate(draft(), facts(aSwitch({ until: hours(1) })))).toEqual(held);
  });

  it('that names no end holds it for as long as it is valid', () => {
    const decision = decide(DISPATCH_GATES, draft({ expiresAt: hours(2) }), facts(aSwitch()));
    expect(decision).toEqual({ outcome: 'DEFERRED', reason: 'BUSINESS_SWITCHED_OFF', until: hours(2) });
  });

  it('is answered before a restriction, and behind the state of the business', () => {
    const restricted = { ...facts(aSwitch()).business, restriction: { until: hours(24) } };
    expect(
      decide(SENDING_GATES, draft({ purpose: 'MARKETING' }), sendingFacts({ business: restricted })),
    ).toMatchObject({
      reason: 'BUSINESS_SWITCHED_OFF',
    });
    const suspended = { ...restricted, status: 'SUSPENDED' as const };
    expect(decide(SENDING_GATES, draft(), sendingFacts({ business: suspended }))).toMatchObject({
      reason: 'BUSINESS_SUSPENDED',
    });
  });
});
