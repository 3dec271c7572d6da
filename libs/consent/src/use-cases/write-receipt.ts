import { Injectable } from '@nestjs/common';
import { BusinessProfiles } from '@assent/accounts';
import type { Json } from '@assent/ledger';
import type { CountryPolicy } from '../domain/policy.js';
import { CONTACT_RECEIPT_FORMAT, type ContactNames, contactReceiptOf } from '../domain/contact-receipt.js';
import { RECEIPT_FORMAT, type ReceiptFacts, receiptOf } from '../domain/receipt.js';
import { leafHash } from '../persistence/log-hashes.js';
import { LogSigner } from '../persistence/log-signer.js';
import type { SealedEvent } from '../persistence/sealed-event.js';

/** How an event is bound into the log. */
export interface ReceiptProof {
  /** What the policy of the event's version says for the person's country. */
  policy: CountryPolicy;
  leaf: number;
  /** From the leaf to the root of the checkpoint. */
  hashes: readonly Buffer[];
  checkpoint: string;
}

/** Writes the signed receipts of events that the log covers. */
@Injectable()
export class WriteReceipt {
  constructor(
    private readonly signer: LogSigner,
    private readonly profiles: BusinessProfiles,
  ) {}

  /** Receipts, in order; businesses are named as they are called now. */
  async execute(
    covered: readonly { event: SealedEvent; proof: ReceiptProof }[],
  ): Promise<Record<string, Json>[]> {
    const named = covered.flatMap(({ event }) => (event.businessId ? [event.businessId] : []));
    const profiles = await this.profiles.byIds([...new Set(named)]);
    return covered.map(({ event, proof }) => {
      const { businessId, salt, previousHash, hash } = event;
      const receipt = receiptOf({
        record: event,
        business: businessId ? profiles.get(businessId) : undefined,
        policy: proof.policy,
        chain: {
          salt: salt.toString('base64'),
          previousHash: previousHash?.toString('base64') ?? null,
          hash: hash.toString('base64'),
        },
        log: this.logOf(proof),
      });
      return { ...receipt, signatures: this.signer.attest(RECEIPT_FORMAT, receipt) };
    });
  }

  /** A business's receipt of an event that names it. */
  async forContact(
    { event, proof }: { event: SealedEvent; proof: ReceiptProof },
    names: ContactNames,
  ): Promise<Record<string, Json>> {
    const { businessId } = event;
    const profiles = await this.profiles.byIds(businessId ? [businessId] : []);
    const receipt = contactReceiptOf(
      {
        record: event,
        business: businessId ? profiles.get(businessId) : undefined,
        policy: proof.policy,
        log: { ...this.logOf(proof), leafHash: leafHash(event).toString('base64') },
      },
      names,
    );
    return { ...receipt, signatures: this.signer.attest(CONTACT_RECEIPT_FORMAT, receipt) };
  }

  private logOf({ leaf, hashes, checkpoint }: ReceiptProof): ReceiptFacts['log'] {
    return {
      origin: this.signer.origin,
      keys: this.signer.verifierKeys,
      leafIndex: leaf,
      inclusionProof: hashes.map((sibling) => sibling.toString('base64')),
      checkpoint,
    };
  }
}
