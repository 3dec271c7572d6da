import { describe, expect, it } from '@jest/globals';
import { faultsIn, type Notes, textOf } from './checker.js';

/** Notes of a run without a fault: two businesses, two people, three messages in each conversation. */
function soundNotes(): { [Kind in keyof Notes]: Notes[Kind][number][] } {
  const notes: ReturnType<typeof soundNotes> = { sent: [], seen: [], hooks: [], events: [] };
  for (const [business, person] of [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ] as const) {
    for (let nr = 0; nr < 3; nr++) {
      const message = `msg_${business}${person}${nr}`;
      notes.sent.push({ business, person, nr, id: message });
      const cursor = String(business * 3 + nr);
      notes.seen.push({ person, id: `seen_${message}`, cursor, text: textOf({ business, person, nr }) });
      for (const [at, status] of ['DISPATCHED', 'DELIVERED'].entries()) {
        const data = { message, contact: `ctc_${business}${person}`, sequence: nr + 1, status, step: at + 1 };
        const event = { business, id: `evt_${message}_${at}`, payload: JSON.stringify({ data }) };
        notes.events.push(event);
        notes.hooks.push({ business, id: event.id, body: event.payload, signed: true });
      }
    }
  }
  return notes;
}

type Draft = ReturnType<typeof soundNotes>;
const swap = <Entry>(list: Entry[], one: number, other: number) => {
  [list[one], list[other]] = [list[other] as Entry, list[one] as Entry];
};

describe('the checker of the crash test', () => {
  it('finds nothing wrong with a sound run', () => {
    const notes = soundNotes();
    // What was asked for twice was answered alike, and what was posted twice was the same.
    notes.sent.push(notes.sent[0]!);
    notes.hooks.push(notes.hooks[5]!);
    expect(faultsIn(notes)).toEqual([]);
  });

  it.each<[string, (notes: Draft) => void, RegExp]>([
    ['a message is lost', ({ seen }) => seen.splice(2, 1), /^Lost: From 0 to 0, number 2/],
    [
      'one comes twice',
      ({ seen }) => seen.push({ ...seen[2]!, id: 'x', cursor: 'x' }),
      /^On the device 2 times/,
    ],
    ['one comes twice by id', ({ seen }) => seen.push(seen[2]!), /^Twice by id/],
    ['two share a place', ({ seen }) => (seen[1]!.cursor = seen[0]!.cursor), /^Two messages at one place/],
    ['two change places', ({ seen }) => swap(seen, 0, 1), /^Out of order on a device: From 0 to 0, number 1/],
    ['one comes to somebody else', ({ seen }) => (seen[0]!.person = 1), /^On the device of 1/],
    ['one was never accepted', ({ sent }) => sent.splice(11, 1), /never accepted: From 1 to 1, number 2/],
    [
      'one is accepted as two',
      ({ sent }) => sent.push({ ...sent[0]!, id: 'msg_x' }),
      /^Accepted under two ids/,
    ],
    ['two are accepted as one', ({ sent }) => (sent[1]!.id = sent[0]!.id!), /is of two messages/],
    [
      'one is refused',
      ({ sent }) => sent.push({ business: 0, person: 0, nr: 9, refused: 'PAIR_LIMIT' }),
      /^Refused/,
    ],
    [
      'a status goes back',
      ({ events }) => swap(events, 0, 1),
      /“DELIVERED, DISPATCHED”: From 0 to 0, number 0/,
    ],
    ['a status is missing', ({ events }) => events.splice(1, 1), /“DISPATCHED”: From 0 to 0, number 0/],
    [
      'a status comes twice',
      ({ events }) => events.push({ ...events[1]!, id: 'evt_x' }),
      /DELIVERED, DELIVERED/,
    ],
    ['one ends twice', ({ events }) => tellAlso(events, 'EXPIRED'), /“DISPATCHED, DELIVERED, EXPIRED”/],
    [
      'a number is given twice',
      ({ events }) => (events[2] = of(events[2]!, { sequence: 1 })),
      /conversation is twice/,
    ],
    ['numbers change places', ({ events }) => renumber(events), /conversation is out of order: From 0 to 0/],
    [
      'an event reaches no webhook',
      ({ hooks }) => hooks.splice(3, 1),
      /^Never reached its webhook: 0 evt_msg_001_1/,
    ],
    ['it has another id', ({ hooks }) => (hooks[3]!.id = 'evt_x'), /that is no event of it: evt_x/],
    [
      'it reaches another business',
      ({ hooks }) => (hooks[3]!.business = 1),
      /came to 1 that is no event of it/,
    ],
    ['it is altered', ({ hooks }) => (hooks[3]!.body += ' '), /says something else/],
    ['it is not signed', ({ hooks }) => (hooks[3]!.signed = false), /without a good signature/],
  ])('notices that %s', (_, plant, fault) => {
    const notes = soundNotes();
    plant(notes);
    expect(faultsIn(notes).join('\n')).toMatch(new RegExp(fault.source, 'm'));
  });

  it('stops looking after twenty faults', () => {
    const { sent, ...rest } = soundNotes();
    const many = Array.from({ length: 100 }, () => ({ ...sent[0]!, id: `msg_${Math.random()}` }));
    expect(faultsIn({ sent: many, ...rest })).toHaveLength(20);
  });
});

function of(event: Draft['events'][number], changes: object): Draft['events'][number] {
  const { data } = JSON.parse(event.payload) as { data: object };
  return { ...event, payload: JSON.stringify({ data: { ...data, ...changes } }) };
}

function tellAlso(events: Draft['events'], status: string): void {
  events.push({ ...of(events[0]!, { status, step: 4 }), id: 'evt_more' });
}

/** The first two messages of a conversation, with each other's numbers. */
function renumber(events: Draft['events']): void {
  for (const at of [0, 1]) events[at] = of(events[at]!, { sequence: 2 });
  for (const at of [2, 3]) events[at] = of(events[at]!, { sequence: 1 });
}
