import { lookup, type LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';

/** For each try of each DNS server. */
const DNS_PATIENCE_MS = 2_500;

/** A connection was refused because it would have led into a private network. */
export class PrivateAddressError extends Error {
  constructor() {
    super('The address is not a public one');
  }
}

/** All that is given out of IPv6 (RFC 4291, section 2.4); outside of it are old ways of carrying IPv4, such as ::127.0.0.1. */
const GIVEN_OUT = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an IP address is one that anybody on the internet could reach: unicast, and nothing special. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // `process` unwraps IPv4 inside IPv6; other ways of carrying an address in one are ranges of their own, or not given out.
  const known = ipaddr.process(address);
  if (known instanceof ipaddr.IPv6 && !known.match(GIVEN_OUT)) return false;
  return known.range() === 'unicast';
}

/**
 * Connects to public addresses only. The check is made on the very address that is connected to, so a name that
 * resolves differently a moment later gains nothing; and on literals as well, for which no look-up is ever asked.
 * @param resolve how names are looked up; by default as the system does
 */
export function publicConnector(
  timeoutMs: number,
  resolve: LookupFunction = lookup,
): buildConnector.connector {
  const connect = buildConnector({ timeout: timeoutMs, lookup: onlyPublic(resolve) });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !isPublicAddress(host)) callback(new PrivateAddressError(), null);
    else connect(options, callback);
  };
}

/**
 * Looks names up at DNS servers directly, without the four threads that all look-ups of the system share: any number of
 * names whose servers never answer keep nobody else waiting. Knows no /etc/hosts.
 * @param servers by default the system's
 */
export function dnsLookup(servers?: readonly string[]): LookupFunction {
  return (hostname, options, callback) => {
    const resolver = new Resolver({ timeout: DNS_PATIENCE_MS, tries: 2 });
    if (servers) resolver.setServers(servers);
    void Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]).then(([v4, v6]) => {
      const addresses: LookupAddress[] = [
        ...(v4.status === 'fulfilled' ? v4.value.map((address) => ({ address, family: 4 })) : []),
        ...(v6.status === 'fulfilled' ? v6.value.map((address) => ({ address, family: 6 })) : []),
      ];
      const [first] = addresses;
      if (!first) {
        const reason: unknown = v4.status === 'rejected' ? v4.reason : new Error('No address');
        callback(reason as NodeJS.ErrnoException, '');
      } else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

const onlyPublic =
  (resolve: LookupFunction): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      const addresses = found as LookupAddress[] | undefined;
      const first = addresses?.[0];
      if (error) callback(error, '');
      else if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
        callback(new PrivateAddressError(), '');
      } else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
