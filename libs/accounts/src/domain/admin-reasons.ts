import type { DocumentedReason, ReasonCatalogue } from './documented-reason.js';

const OWNER = 'An admin who manages admins.';
const NOT_BY_WAITING = 'No: `retryAt` is null, because waiting does not help.';

/** Reasons for which nothing changes about the operator's admins. Stable: programs rely on them. */
export const ADMIN_REASONS = {
  ADMIN_EXISTS: {
    message: 'There is an admin with that address already.',
    seenBy: OWNER,
    means: 'An address is one admin’s.',
    todo: 'Change the role of the one who is there with `setAdminRole`, or remove them first.',
    later: `${NOT_BY_WAITING} It passes once that admin is removed.`,
  },
  ADMIN_NOT_FOUND: {
    message: 'There is no admin with that id.',
    seenBy: OWNER,
    means: 'The id is no admin, or one who was removed.',
    todo: 'Take ids from `admins`.',
    later: NOT_BY_WAITING,
  },
  LAST_OWNER: {
    message: 'This is the last owner. Make somebody else an owner first.',
    seenBy: OWNER,
    means: 'Without an owner nobody could manage admins any more.',
    todo: 'Add another OWNER, or make an admin one, and ask again.',
    later: `${NOT_BY_WAITING} It passes once there is another owner.`,
  },
  ROLE_NOT_ENOUGH: {
    message: 'Your role does not allow this, or no longer does.',
    seenBy: 'An admin.',
    means:
      'Your role was changed while you asked, or what you decide about needs a permission that it does not have.',
    todo: 'Read `admin`, and docs/permissions.md for what your role may do.',
    later: `${NOT_BY_WAITING} It passes once an owner gives you a role that may.`,
  },
} as const satisfies Record<string, DocumentedReason>;

export const ADMINS: ReasonCatalogue = {
  title: 'Admins and their roles',
  about: 'Answered by `addAdmin`, `setAdminRole` and `removeAdmin`.',
  reasons: ADMIN_REASONS,
};
