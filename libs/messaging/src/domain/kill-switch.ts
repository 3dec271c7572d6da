import type { CarrierName } from '@assent/carriers';
import type { MessagePurpose } from './message.js';

/** What an admin can switch off. */
export const KillSwitchKind = {
  BUSINESS: 'BUSINESS',
  TEMPLATE: 'TEMPLATE',
  CARRIER: 'CARRIER',
  MARKETING: 'MARKETING',
} as const;
export type KillSwitchKind = keyof typeof KillSwitchKind;

/** What a switch is of. */
export type SwitchTarget =
  | { kind: 'BUSINESS'; businessId: string }
  | { kind: 'TEMPLATE'; businessId: string; templateId: string }
  | { kind: 'CARRIER'; carrier: CarrierName }
  | { kind: 'MARKETING' };

/** A switch as decisions about one business know it. Whether it is still in force they say by their own time. */
export interface SwitchFact {
  kind: KillSwitchKind;
  templateId: string | null;
  carrier: CarrierName | null;
  /** When it ends by itself; null: when an admin lifts it. */
  until: Date | null;
}

/** A switch with its history. */
export interface KillSwitch extends Omit<SwitchFact, 'until'> {
  id: string;
  businessId: string | null;
  reason: string;
  setBy: string;
  setAt: Date;
  endsAt: Date | null;
  endedAt: Date | null;
  endedBy: string | null;
  endReason: string | null;
}

/** What a switch may cover, as far as it matters for that. */
export interface Switchable {
  purpose: MessagePurpose | null;
  templateId?: string | null | undefined;
  carrier?: CarrierName | undefined;
  /** It is of test mode, which reaches nobody. */
  isTest: boolean;
}

/** Whether a switch that is in force covers a message, or a hand-off, of the business that it was loaded for. */
export function isCovered(
  { kind, templateId, carrier }: SwitchFact,
  { isTest, ...message }: Switchable,
): boolean {
  switch (kind) {
    case 'BUSINESS':
      return true;
    case 'TEMPLATE':
      return templateId === message.templateId;
    case 'CARRIER':
      return carrier === message.carrier;
    case 'MARKETING':
      return message.purpose === 'MARKETING' && !isTest;
  }
}

/** The reason that each kind of switch gives. */
export const SWITCHED_OFF = {
  BUSINESS: 'BUSINESS_SWITCHED_OFF',
  TEMPLATE: 'TEMPLATE_SWITCHED_OFF',
  CARRIER: 'CARRIER_SWITCHED_OFF',
  MARKETING: 'MARKETING_SWITCHED_OFF',
} as const satisfies Record<KillSwitchKind, string>;
