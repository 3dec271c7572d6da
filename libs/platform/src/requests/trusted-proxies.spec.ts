import { describe, expect, it } from '@jest/globals';
import { addressSubject } from './subject.js';
import { clientAddress, trustedProxies } from './trusted-proxies.js';

const trusted = trustedProxies(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32']);

describe('the address of a client', () => {
  it.each([
    ['203.0.113.5', undefined, '203.0.113.5'],
    ['203.0.113.5', '198.51.100.1', '203.0.113.5'], // not a proxy of ours: its word is worth nothing
    ['10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['::ffff:10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['10.1.2.3', '1.1.1.1, 198.51.100.1, 192.0.2.7', '198.51.100.1'], // what stands before it may be made up
    ['2001:db8::1', '2001:470::5', '2001:470::5'],
    ['10.1.2.3', undefined, '10.1.2.3'],
    ['10.1.2.3', '10.9.9.9', '10.9.9.9'],
  ])('of a request from %s, forwarded for %s, is %s', (socket, forwarded, client) => {
    expect(clientAddress(trusted, socket, forwarded)).toBe(client);
  });

  it('counts IPv4 whole and IPv6 by its /64', () => {
    const same = (one: string, other: string) => addressSubject(one).id === addressSubject(other).id;
    expect(same('203.0.113.5', '::ffff:203.0.113.5')).toBe(true);
    expect(same('203.0.113.5', '203.0.113.6')).toBe(false);
    expect(same('2001:db8:0:1::1', '2001:db8:0:1:ffff::2')).toBe(true);
    expect(same('2001:db8:0:1::1', '2001:db8:0:2::1')).toBe(false);
  });
});
