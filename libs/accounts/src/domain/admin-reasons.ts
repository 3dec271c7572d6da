import type { DocumentedReason, ReasonCatalogue } from './documented-reason.js';

const OWNER = 'An admin who manages admins.';
const DECIDER = 'An admin who decides on a proposal.';
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
  APPROVAL_NEEDED: {
    message: 'Nothing was done yet: another admin has to approve it. It waits as a proposal for 72 hours.',
    seenBy: 'An admin who asks for what two decide.',
    means:
      'What is most dangerous is done by two admins, where there is another one who may; docs/admins.md says what it is.',
    todo: 'Ask another admin to read `proposals`, and to decide with `approveProposal` or `rejectProposal`.',
    later: `${NOT_BY_WAITING} It is done when another admin approves it.`,
  },
  OWN_PROPOSAL: {
    message: 'This is your own proposal. Another admin has to approve it.',
    seenBy: DECIDER,
    means: 'Two pairs of eyes are two admins, not two sessions of one.',
    todo: 'Ask another admin, or take it back with `rejectProposal`.',
    later: NOT_BY_WAITING,
  },
  PROPOSAL_DECIDED: {
    message: 'This proposal was decided before.',
    seenBy: DECIDER,
    means: 'Somebody approved or rejected it, or it turned out to be outdated.',
    todo: 'Read `proposals` again.',
    later: NOT_BY_WAITING,
  },
  PROPOSAL_EXPIRED: {
    message: 'Nobody decided on this proposal within 72 hours.',
    seenBy: DECIDER,
    means: 'What was asked for three days ago is asked for again by somebody who still wants it.',
    todo: 'Have it proposed again.',
    later: NOT_BY_WAITING,
  },
  PROPOSAL_NOT_FOUND: {
    message: 'There is no proposal with that id.',
    seenBy: DECIDER,
    means: 'The id is no proposal.',
    todo: 'Take ids from `proposals`.',
    later: NOT_BY_WAITING,
  },
  PROPOSAL_OUTDATED: {
    message: 'Nothing was done: what it is about is no longer as it was when this was proposed.',
    seenBy: DECIDER,
    means:
      'Something else was decided meanwhile, or the one who proposed it may no longer ask for it. The proposal says in `note` what was in the way.',
    todo: 'Have it proposed again, by somebody who looked at how it is now.',
    later: NOT_BY_WAITING,
  },
  TOO_MANY_PROPOSALS: {
    message: 'You have 100 proposals that wait. Have some of them decided first, or take them back.',
    seenBy: 'An admin who asks for what two decide.',
    means: 'Of one admin at most 100 proposals wait at a time, so that others can read them all.',
    todo: 'Ask another admin to decide, or take back with `rejectProposal` what you no longer want.',
    later: 'Yes: `retryAt` is when the oldest of them expires. It passes earlier where one is decided.',
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
  title: 'Admins, their roles, and what two of them decide',
  about:
    'Answered by `addAdmin`, `setAdminRole`, `removeAdmin`, `approveProposal` and `rejectProposal`; `APPROVAL_NEEDED` and `TOO_MANY_PROPOSALS` also by what else two admins decide.',
  reasons: ADMIN_REASONS,
};
