import type { MemberRole } from './permissions.js';

/** How the staff of a business sign in at its identity provider. */
export interface SingleSignOn {
  /** Of this connection: another one of the same business has another id. */
  id: string;
  businessId: string;
  /** The provider, as it names itself (OpenID Connect Core 1.0, section 2). */
  issuer: string;
  clientId: string;
  /** Where the provider sends browsers back to. */
  redirectUri: string;
  /** Only addresses at these domains; empty: at any. */
  emailDomains: string[];
  /** What the provider has to say of somebody, such as a group; null: nothing. */
  requiredClaim: { name: string; value: string } | null;
  /** What somebody becomes who is no member yet; null: they are not let in. */
  defaultRole: MemberRole | null;
  /** Whether members other than owners sign in by it only. */
  required: boolean;
  connectedAt: Date;
  lastUsedAt: Date | null;
}

/** Whom a provider vouches for, as far as the rules of a connection let them in. */
export interface SignedOn {
  subject: string;
  /** In lower case; undefined where the provider has not verified one. */
  email: string | undefined;
  name: string | undefined;
}

const MOST_SUBJECT_CHARACTERS = 255;

/** Whom claims that were found genuine are of; undefined where the rules of the connection do not let them in. */
export function judgeClaims(
  claims: Readonly<Record<string, unknown>>,
  { emailDomains, requiredClaim }: Pick<SingleSignOn, 'emailDomains' | 'requiredClaim'>,
): SignedOn | undefined {
  const { sub: subject, email: given, email_verified: isVerified, name } = claims;
  if (typeof subject !== 'string' || subject.length === 0 || subject.length > MOST_SUBJECT_CHARACTERS) {
    return undefined;
  }
  if (requiredClaim && !says(claims, requiredClaim)) return undefined;
  // True and nothing like it: who is known by an address nobody verified can be anybody.
  const email = typeof given === 'string' && isVerified === true ? given.trim().toLowerCase() : undefined;
  if (emailDomains.length > 0 && !emailDomains.includes(domainOf(email))) return undefined;
  return { subject, email, name: typeof name === 'string' ? name : undefined };
}

/** Behind the last @; empty where there is none. */
export function domainOf(email: string | undefined): string {
  const at = email?.lastIndexOf('@') ?? -1;
  return email === undefined || at < 0 ? '' : email.slice(at + 1);
}

/** Whether addresses at a domain are a business's own: it has proved the website of that domain. */
export function isOwnDomain(domain: string, hostname: string | null): boolean {
  return hostname !== null && (domain === hostname || `www.${domain}` === hostname);
}

/** A claim is a value, or a list that has it. Only what the provider itself says, nothing that every object has. */
function says(
  claims: Readonly<Record<string, unknown>>,
  { name, value }: { name: string; value: string },
): boolean {
  if (!Object.hasOwn(claims, name)) return false;
  const said = claims[name];
  return (Array.isArray(said) ? said : [said]).some(
    (one) => typeof one !== 'object' && String(one) === value,
  );
}
