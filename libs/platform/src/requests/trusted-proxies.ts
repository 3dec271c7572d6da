import ipaddr from 'ipaddr.js';

/** Whether an address is one of the proxies in front of the platform. */
export type TrustedProxies = (address: string) => boolean;

/** By a list of addresses and CIDR ranges. */
export function trustedProxies(entries: readonly string[]): TrustedProxies {
  const ranges = entries.map((entry) =>
    ipaddr.parseCIDR(
      entry.includes('/') ? entry : `${entry}/${ipaddr.parse(entry).kind() === 'ipv4' ? 32 : 128}`,
    ),
  );
  return (address) => {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return ranges.some(([range, bits]) => parsed.kind() === range.kind() && parsed.match([range, bits]));
  };
}

/**
 * Where a request comes from: the last address of the chain that is no trusted proxy, since whatever stands before it in
 * X-Forwarded-For may be made up.
 */
export function clientAddress(
  trusted: TrustedProxies,
  socketAddress: string,
  forwardedFor: string | undefined,
): string {
  const chain = [socketAddress, ...(forwardedFor?.split(',').reverse() ?? []).map((hop) => hop.trim())];
  return chain.find((address) => !trusted(address)) ?? chain.at(-1) ?? socketAddress;
}
