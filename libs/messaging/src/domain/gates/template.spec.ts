import { describe, expect, it } from '@jest/globals';
import { hours, sendingFacts, STANDS } from '../../../../../test/support/builders/facts.js';
import type { TemplateFacts } from '../facts.js';
import { contentGate } from './content.js';
import { windowGate } from './service-window.js';
import { templateGate, templateStandingGate } from './template.js';

const of = (changes: Partial<TemplateFacts> = {}) =>
  ({ purpose: 'SERVICE', whenLimited: 'DEFER', template: { ...STANDS, ...changes } }) as const;
const freeForm = { purpose: 'SERVICE', whenLimited: 'DEFER' } as const;

describe('gate of the template', () => {
  it('lets pass what is of an approved one, and what is of none', () => {
    expect(templateGate(of(), sendingFacts())).toBeUndefined();
    expect(templateGate(freeForm, sendingFacts())).toBeUndefined();
    expect(templateStandingGate(freeForm, sendingFacts())).toBeUndefined();
  });

  it.each([
    [{ known: false, approved: false }, 'TEMPLATE_UNKNOWN'],
    [{ approved: false }, 'TEMPLATE_NOT_APPROVED'],
    [{ disabled: true }, 'TEMPLATE_DISABLED'],
    [{ misfit: { kind: 'PARAMETER', parameter: 'code' } }, 'TEMPLATE_PARAMETERS'],
  ] as const)('refuses, and no waiting helps: %j', (changes, reason) => {
    expect(templateGate(of(changes), sendingFacts())).toMatchObject({
      outcome: 'REFUSED',
      reason,
      retryAt: null,
    });
  });

  it('names the parameter that does not fit', () => {
    const misfit = { kind: 'PARAMETER', parameter: 'code' } as const;
    expect(templateGate(of({ misfit }), sendingFacts())).toHaveProperty('parameter', 'code');
  });

  it('refuses to accept until the end of a pause, and lets wait what was accepted before it', () => {
    const paused = of({ pausedUntil: hours(3) });
    expect(templateGate(paused, sendingFacts())).toEqual({
      outcome: 'REFUSED',
      reason: 'TEMPLATE_PAUSED',
      retryAt: hours(3),
    });
    expect(templateStandingGate(paused, sendingFacts())).toEqual({
      outcome: 'DEFERRED',
      reason: 'TEMPLATE_PAUSED',
      until: hours(3),
    });
    expect(templateGate(paused, sendingFacts({ now: hours(3) }))).toBeUndefined();
    expect(templateStandingGate(paused, sendingFacts({ now: hours(3) }))).toBeUndefined();
  });

  it('ends what was accepted before it was disabled', () => {
    expect(templateStandingGate(of({ disabled: true }), sendingFacts())).toMatchObject({
      outcome: 'REFUSED',
      reason: 'TEMPLATE_DISABLED',
    });
  });
});

describe('gate of content', () => {
  it('refuses a text that its values make too long', () => {
    expect(contentGate(of({ misfit: { kind: 'TOO_LONG' } }), sendingFacts())).toMatchObject({
      reason: 'CONTENT_TOO_LONG',
      retryAt: null,
    });
    expect(contentGate(of(), sendingFacts())).toBeUndefined();
  });
});

describe('gate of the service window', () => {
  it('lets free words pass in the 24 hours after the person wrote, and at their end no more', () => {
    const wrote = sendingFacts({ lastInboundAt: hours(-23) });
    expect(windowGate(freeForm, wrote)).toBeUndefined();
    expect(windowGate(freeForm, { ...wrote, now: new Date(hours(1).getTime() - 1) })).toBeUndefined();
    expect(windowGate(freeForm, { ...wrote, now: hours(1) })).toMatchObject({
      reason: 'SERVICE_WINDOW_CLOSED',
      retryAt: null,
    });
  });

  it('refuses them where the person never wrote, and does not concern templates', () => {
    expect(windowGate(freeForm, sendingFacts({ lastInboundAt: null }))).toHaveProperty(
      'reason',
      'SERVICE_WINDOW_CLOSED',
    );
    expect(windowGate(of(), sendingFacts({ lastInboundAt: null }))).toBeUndefined();
  });
});
