import { describe, expect, it } from '@jest/globals';
import { assigned, closed, read, reopened, type StaffConversation } from './conversation.js';

const at = new Date('2026-11-28T12:00:00.000Z');
const open: StaffConversation = {
  contactId: 'c',
  businessId: 'b',
  state: 'OPEN',
  assignedTo: null,
  unread: 3,
  notes: 0,
  lastWroteAt: at,
  readAt: null,
  readBy: null,
  closedAt: null,
  closedBy: null,
};

describe('a conversation in the inbox of staff', () => {
  it('is closed with who did it and when, and opens again without', () => {
    const done = closed(open, 'mem_1', at);
    expect(done).toMatchObject({ state: 'CLOSED', closedBy: 'mem_1', closedAt: at });
    expect(reopened(done)).toEqual(open);
  });

  it('is the very same where nothing changes', () => {
    const done = closed(open, 'mem_1', at);
    expect(closed(done, 'mem_2', new Date())).toBe(done);
    expect(reopened(open)).toBe(open);
    expect(assigned(open, null)).toBe(open);
    expect(read(open, 0, 'mem_1', at)).toBe(open);
  });

  it('says who read last, and what is left', () => {
    expect(read(open, 2, 'key_1', at)).toMatchObject({ unread: 1, readBy: 'key_1', readAt: at });
    expect(assigned(open, 'm').assignedTo).toBe('m');
  });
});
