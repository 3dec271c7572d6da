import type { Scope } from '@assent/platform';
import { isPerson, type MediaOwner } from '../domain/media.js';

/** What an owner sees the media of: their own. */
export function scopeOf(owner: MediaOwner): Scope {
  return isPerson(owner)
    ? { role: 'person', personId: owner.personId }
    : { role: 'business', businessId: owner.businessId };
}
