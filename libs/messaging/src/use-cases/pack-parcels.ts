import { Injectable } from '@nestjs/common';
import { Carriers, type PushParcel, type SmsParcel } from '@assent/carriers';
import { DialNumbers } from '@assent/people';
import { Handles, publicId, type Scope, type Transaction } from '@assent/platform';
import type { HandOffPlan } from '../domain/hand-off.js';
import { smsWording } from '../domain/sms-wording.js';
import { ContentVault } from '../persistence/content-vault.js';
import type { LoadedHandOff } from '../persistence/hand-off.store.js';

/** One that is to leave: all of it, or what becomes of it because there is nothing that could. */
export interface Packed<Parcel> {
  handOff: LoadedHandOff;
  content: { parcel: Parcel } | { plan: HandOffPlan };
}

/** Makes of hand-offs what carriers are given, in the transaction that decides on them. */
@Injectable()
export class PackParcels {
  constructor(
    private readonly carriers: Carriers,
    private readonly numbers: DialNumbers,
    private readonly vault: ContentVault,
    private readonly handles: Handles,
  ) {}

  /** For the push gateway: neither who writes nor what, and no number. */
  wakeUps(handOffs: readonly LoadedHandOff[]): Packed<PushParcel>[] {
    return handOffs.map((handOff) => ({
      handOff,
      content: {
        parcel: {
          id: this.handles.seal('carrier:push', 'msg', handOff.messageId),
          devices: handOff.deviceIds.map((id) => publicId('dev', id)),
          urgent: handOff.purpose === 'AUTHENTICATION',
        },
      },
    }));
  }

  /** For a carrier that must dial, and be able to read. */
  async texts(
    tx: Transaction,
    scope: Scope,
    handOffs: readonly LoadedHandOff[],
  ): Promise<Packed<SmsParcel>[]> {
    if (handOffs.length === 0) return [];
    const numbers = await this.numbers.within(tx, scope, handOffs);
    return handOffs.map((handOff) => ({
      handOff,
      content: this.text(handOff, numbers.get(handOff.personId)),
    }));
  }

  private text(
    { messageId, content, businessName, partsSent }: LoadedHandOff,
    to: string | undefined,
  ): Packed<SmsParcel>['content'] {
    if (to === undefined) return { plan: { to: 'FAILED', reason: 'NUMBER_UNPROVED' } };
    const words = this.vault.open(messageId, content);
    // A file alone says nothing that a text message could.
    if (!words) return { plan: { to: 'NOT_NEEDED' } };
    const text = smsWording(businessName, words, this.carriers.sms?.mostCharacters ?? 0);
    return { parcel: { id: this.handles.seal('carrier:sms', 'msg', messageId), to, text, partsSent } };
  }
}
