import type { MessageWords } from './content.js';

/** How the platform's own copy of a message stands to what was sent. */
export const StoredCopy = {
  AS_SENT: 'AS_SENT',
  CHANGED: 'CHANGED',
  ERASED: 'ERASED',
} as const;
export type StoredCopy = keyof typeof StoredCopy;

/** Whose copy of a message a person shows. */
export const DisclosedBy = { DEVICE: 'DEVICE', PLATFORM: 'PLATFORM' } as const;
export type DisclosedBy = keyof typeof DisclosedBy;

/** A message as it is stored, opened and compared with its proof. */
export type OpenedCopy =
  | { state: 'AS_SENT'; words: MessageWords; proof: Buffer }
  /** Sent before there were proofs. */
  | { state: 'UNPROVEN'; words: MessageWords }
  | { state: 'CHANGED' }
  | { state: 'ERASED' };

/** A message as a device hands it back. */
export interface DeviceCopy {
  words: MessageWords;
  proof: Buffer;
  /** Whether the proof is one of these words, of this message. */
  holds: boolean;
}

/** Why nothing can be disclosed of a message. */
export type DisclosureReason = 'STORED_MESSAGE_CHANGED' | 'NOT_WHAT_WAS_SENT';

/** What is disclosed of a message, and what proves that it was sent. */
export type Disclosure =
  | { outcome: 'PROVEN'; words: MessageWords; proof: Buffer; by: DisclosedBy; stored: StoredCopy }
  | { outcome: 'UNPROVEN'; words: MessageWords }
  | { outcome: 'REFUSED'; reason: DisclosureReason };

/**
 * What a person may disclose of a message: what was sent, from whichever copy proves it, and nothing else.
 *
 * @param shown what their device holds of it; undefined: they leave it to the platform
 * @returns undefined where there is nothing left to disclose
 */
export function judgeDisclosure(stored: OpenedCopy, shown: DeviceCopy | undefined): Disclosure | undefined {
  if (shown) return judgeDevice(stored, shown);
  switch (stored.state) {
    case 'AS_SENT':
      return { outcome: 'PROVEN', ...wordsOf(stored), by: 'PLATFORM', stored: 'AS_SENT' };
    case 'UNPROVEN':
      return { outcome: 'UNPROVEN', words: stored.words };
    case 'CHANGED':
      return { outcome: 'REFUSED', reason: 'STORED_MESSAGE_CHANGED' };
    case 'ERASED':
      return undefined;
  }
}

/** A device's copy counts where the stored one is lost; beside a sound one it must be the same. */
function judgeDevice(stored: OpenedCopy, shown: DeviceCopy): Disclosure {
  const sound = stored.state === 'AS_SENT';
  if (shown.holds && (!sound || stored.proof.equals(shown.proof))) {
    // Nothing was ever sent both with a proof and without one.
    const state = stored.state === 'UNPROVEN' ? 'CHANGED' : stored.state;
    return { outcome: 'PROVEN', ...wordsOf(shown), by: 'DEVICE', stored: state };
  }
  const reason = stored.state === 'CHANGED' ? 'STORED_MESSAGE_CHANGED' : 'NOT_WHAT_WAS_SENT';
  return { outcome: 'REFUSED', reason };
}

const wordsOf = ({ words, proof }: { words: MessageWords; proof: Buffer }) => ({ words, proof });
