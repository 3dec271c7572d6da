import type { Handles } from '@assent/platform';

/** What a handle is in the other mode of a business, where it can be one there. */
export function inOtherMode(
  handles: Handles,
  otherModeId: string | null,
  contact: string,
): { businessId: string; contactId: string } | undefined {
  const contactId =
    otherModeId === null ? undefined : handles.open(`business:${otherModeId}`, 'ctc', contact);
  return otherModeId !== null && contactId ? { businessId: otherModeId, contactId } : undefined;
}
