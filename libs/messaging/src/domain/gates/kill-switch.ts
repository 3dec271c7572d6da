import type { CarrierName } from '@assent/carriers';
import { deferred, refused } from '../decision.js';
import type { DispatchFacts } from '../facts.js';
import { isCovered, type KillSwitchKind, SWITCHED_OFF } from '../kill-switch.js';
import type { Gate } from './gate.js';

/** Stands for a time that nobody knows: what waits for it waits for as long as it is valid. */
const NOBODY_KNOWS = new Date('9999-12-31T00:00:00Z');

/** What is handed over knows by which carrier; a message does not. */
type SwitchFacts = DispatchFacts & { carrier?: CarrierName };

/** Nothing is accepted that a switch of this kind covers; there is one of each thing at most. */
const offGate =
  (kind: KillSwitchKind): Gate<SwitchFacts> =>
  ({ purpose, templateId }, { now, carrier, business: { switches = [], isSandbox = false } }) => {
    const switchable = { purpose, templateId, carrier, isTest: isSandbox };
    const off = switches.find(
      (fact) =>
        fact.kind === kind && (fact.until === null || now < fact.until) && isCovered(fact, switchable),
    );
    return off && refused(SWITCHED_OFF[kind], off.until);
  };

/** What was accepted before is held: lifting a switch must lose nothing that is still worth showing. */
const held =
  <Facts>(gate: Gate<Facts>): Gate<Facts> =>
  (draft, facts) => {
    const objection = gate(draft, facts);
    return objection?.outcome === 'REFUSED'
      ? deferred(objection.reason, objection.retryAt ?? NOBODY_KNOWS)
      : objection;
  };

/** Nothing of a business that is switched off is accepted. */
export const businessSwitchGate = offGate('BUSINESS');
/** Nor any marketing while all of that is; test mode goes on, since it reaches nobody. */
export const marketingSwitchGate = offGate('MARKETING');
/** Nor what is of a template that is switched off. */
export const templateSwitchGate = offGate('TEMPLATE');

export const heldBusinessGate = held(businessSwitchGate);
export const heldMarketingGate = held(marketingSwitchGate);
export const heldTemplateGate = held(templateSwitchGate);
/** The message stands in the inbox; what is handed to the carrier waits. */
export const heldCarrierGate = held(offGate('CARRIER'));
