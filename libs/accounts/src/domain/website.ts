/** A business's website, as far as the proof of its domain is concerned. */
export interface Website {
  /** The whole address, normalised. */
  url: string;
  /** Scheme, host and port. */
  origin: string;
  /** Host, and port where it is not the scheme's own: what the proof is bound to. */
  host: string;
  /** Host alone, in ASCII (IDNA), without a final dot. */
  hostname: string;
}

/** What a business publishes to prove that it controls a domain. */
export interface DomainChallenge {
  host: string;
  fileUrl: string;
  filePath: string;
  fileContent: string;
  /** Null for a website whose host is an address: it has no DNS record. */
  dnsName: string | null;
  dnsValue: string;
}

const LONGEST_URL = 2_048;
const LONGEST_DNS_NAME = 253;
const FILE_PATH = '/.well-known/assent-verification.txt';
const DNS_LABEL = '_assent-verification';

/** A website from what somebody wrote, or the rule that it breaks. */
export function readWebsite(
  text: string,
  { allowPrivate }: { allowPrivate: boolean },
): Website | { rule: string } {
  const written = text.trim();
  if (written.length > LONGEST_URL || !URL.canParse(written)) return { rule: RULE };
  const url = new URL(written);
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')) return { rule: RULE };
  if (url.username || url.password) return { rule: 'must have no user name or password' };
  // Another port may belong to somebody who does not control the domain.
  if (url.port && !allowPrivate) return { rule: 'must have no port' };
  const hostname = url.hostname.replace(/\.$/, '');
  if (!hostname || `${DNS_LABEL}.${hostname}`.length > LONGEST_DNS_NAME) return { rule: RULE };
  url.hostname = hostname;
  url.hash = '';
  if (url.href.length > LONGEST_URL) return { rule: RULE };
  return { url: url.href, origin: url.origin, host: url.host, hostname };
}

const RULE = 'must be an https:// address of a website, such as https://www.example.com';

/** What to publish for a website; `token` is the platform's proof for this business and host. */
export function challengeFor({ origin, host, hostname }: Website, token: string): DomainChallenge {
  const content = `assent-verification=${token}`;
  return {
    host,
    fileUrl: `${origin}${FILE_PATH}`,
    filePath: FILE_PATH,
    fileContent: content,
    dnsName: isAddress(hostname) ? null : `${DNS_LABEL}.${hostname}`,
    dnsValue: content,
  };
}

/** URL writes an IPv6 address in brackets, and every form of an IPv4 address as four numbers. */
function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Whether a published file holds the content as one of its lines: several businesses may share a host. */
export function holdsLine(file: string, content: string): boolean {
  return file.split(/\r\n|\r|\n/).some((line) => line.trim() === content);
}
