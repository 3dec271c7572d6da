import { Refused as AnyRefused } from '@assent/accounts';
import type { LimitReason } from './limit-reasons.js';

/** Why something that was asked for properly was not done: becomes a `Refusal` at the edge. */
export class Refused<Reason extends LimitReason = LimitReason> extends AnyRefused<Reason> {}
