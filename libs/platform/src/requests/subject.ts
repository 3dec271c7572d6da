import ipaddr from 'ipaddr.js';

/** Kinds of those who have a budget of requests. */
export type SubjectKind = 'key' | 'member' | 'person' | 'admin' | 'address' | 'carrier';

/** Whose budget a request is taken from. */
export interface Subject {
  kind: SubjectKind;
  /** Tells it from others of its kind. */
  id: string;
}

/**
 * An address as a subject: IPv4 whole, IPv6 as its /64, since that is the least that one customer is given (RFC 6177) and
 * whoever has it has all of its addresses.
 */
export function addressSubject(address: string): Subject {
  if (!ipaddr.isValid(address)) return { kind: 'address', id: '' };
  const parsed = ipaddr.process(address);
  const id = parsed.kind() === 'ipv4' ? parsed.toString() : parsed.toByteArray().slice(0, 8).join('.');
  return { kind: 'address', id };
}
