import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';

/** A connection was refused because it would have led into a private network. */
export class PrivateAddressError extends Error {
  constructor() {
    super('The address is not a public one');
  }
}

/** Whether an IP address is one that anybody on the internet could reach: unicast, and nothing special. */
export function isPublicAddress(address: string): boolean {
  // `process` unwraps IPv4 inside IPv6; every other way of carrying an address in one is a range of its own.
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/**
 * Connects to public addresses only. The check is made on the very address that is connected to, so a name that
 * resolves differently a moment later gains nothing; and on literals as well, for which no look-up is ever asked.
 */
export function publicConnector(timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({ timeout: timeoutMs, lookup: publicLookup });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !isPublicAddress(host)) callback(new PrivateAddressError(), null);
    else connect(options, callback);
  };
}

const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[] | undefined) => {
    const first = addresses?.[0];
    if (error) callback(error, '');
    else if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
      callback(new PrivateAddressError(), '');
    } else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
