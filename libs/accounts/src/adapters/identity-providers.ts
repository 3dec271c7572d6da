import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Configuration, dnsLookup, LOGGER, PrivateAddressError, publicConnector } from '@assent/platform';
import * as oidc from 'openid-client';
import type { Logger } from 'pino';
import { Agent, buildConnector, errors, fetch as undiciFetch } from 'undici';
import type { SingleSignOn } from '../domain/single-sign-on.js';

/** For each request. */
const TIME_LIMIT_MS = 10_000;
const SIZE_LIMIT = 512 * 1_024;
const MOST_CAUSES = 8;
/** Small, so that no connection of a business's provider is kept for long. */
const KEEP_ALIVE_MS = 1_000;

/** How a provider is asked. */
export type ProviderClient = Pick<SingleSignOn, 'issuer' | 'clientId' | 'redirectUri'> & {
  clientSecret: string;
};

/** What ties a sign-in together: nothing of it is stored, and none of it is told to anybody but browser and provider. */
export interface SignOnSecrets {
  state: string;
  nonce: string;
  /** Of PKCE (RFC 7636). */
  codeVerifier: string;
}

/** What a provider that is not usable lacks, for its owner; nothing that the other side wrote. */
export class ProviderFault {
  constructor(
    readonly kind: 'UNAVAILABLE' | 'INVALID',
    readonly found: string,
  ) {}
}

/**
 * Talks OpenID Connect with the identity providers of businesses: at public addresses only, unless the configuration allows
 * private ones for trials; following no redirect, within 10 s and 512 KiB a request.
 */
@Injectable()
export class IdentityProviders implements OnApplicationShutdown {
  private readonly agent: Agent;
  private readonly allowPrivate: boolean;

  constructor(
    configuration: Configuration,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.allowPrivate = configuration.allowPrivateProviders;
    this.agent = new Agent({
      connect: this.allowPrivate
        ? buildConnector({ timeout: TIME_LIMIT_MS })
        : publicConnector(TIME_LIMIT_MS, dnsLookup(configuration.settings.DNS_SERVERS)),
      maxResponseSize: SIZE_LIMIT,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
    });
  }

  /** Reads a provider's metadata. @returns what is wrong with it; undefined: nothing */
  async check(client: ProviderClient): Promise<ProviderFault | undefined> {
    const provider = await this.discover(client);
    return provider instanceof ProviderFault ? provider : undefined;
  }

  /** Where a browser goes to sign in. */
  async authorizationUrl(client: ProviderClient, secrets: SignOnSecrets): Promise<URL | ProviderFault> {
    const provider = await this.discover(client);
    if (provider instanceof ProviderFault) return provider;
    return oidc.buildAuthorizationUrl(provider, {
      redirect_uri: client.redirectUri,
      scope: 'openid email profile',
      state: secrets.state,
      nonce: secrets.nonce,
      code_challenge: createHash('sha256').update(secrets.codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
  }

  /**
   * Exchanges the code of an answer, and checks the ID token with the provider's keys. Where the token itself has no address
   * the provider is asked for what else it says.
   * @param answer the query of the URL that the provider sent the browser back to
   */
  async claims(
    client: ProviderClient,
    secrets: SignOnSecrets,
    answer: string,
  ): Promise<Record<string, unknown> | ProviderFault> {
    const provider = await this.discover(client);
    if (provider instanceof ProviderFault) return provider;
    const url = new URL(client.redirectUri);
    url.search = answer;
    try {
      const tokens = await oidc.authorizationCodeGrant(provider, url, {
        pkceCodeVerifier: secrets.codeVerifier,
        expectedState: secrets.state,
        expectedNonce: secrets.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) return new ProviderFault('INVALID', 'no ID token');
      if (claims['email'] !== undefined || !provider.serverMetadata().userinfo_endpoint) return claims;
      const more = await oidc.fetchUserInfo(provider, tokens.access_token, claims.sub);
      return { ...more, ...claims };
    } catch (error) {
      return this.faultOf(error);
    }
  }

  /** Not awaited: a provider that keeps a connection open must not keep the process. */
  onApplicationShutdown(): void {
    void this.agent.destroy().catch(() => undefined);
  }

  private async discover(client: ProviderClient): Promise<oidc.Configuration | ProviderFault> {
    const execute = [oidc.enableNonRepudiationChecks];
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so as a warning; trials on one machine have no certificates
    if (this.allowPrivate) execute.push(oidc.allowInsecureRequests);
    try {
      const provider = await oidc.discovery(
        new URL(client.issuer),
        client.clientId,
        undefined,
        authentication(client.clientSecret),
        { [oidc.customFetch]: this.fetch, execute, timeout: TIME_LIMIT_MS / 1_000 },
      );
      const { issuer, authorization_endpoint: endpoint = '' } = provider.serverMetadata();
      // Providers with one issuer for many tenants are let off by the library; here each names itself.
      if (issuer !== client.issuer) return new ProviderFault('UNAVAILABLE', 'metadata of another issuer');
      return this.isSafe(endpoint)
        ? provider
        : new ProviderFault('UNAVAILABLE', 'no https URL to sign in at');
    } catch (error) {
      return new ProviderFault('UNAVAILABLE', this.faultOf(error).found);
    }
  }

  /** Browsers are sent there. */
  private isSafe(endpoint: string): boolean {
    const schemes = this.allowPrivate ? ['https:', 'http:'] : ['https:'];
    return URL.canParse(endpoint) && schemes.includes(new URL(endpoint).protocol);
  }

  private readonly fetch: oidc.CustomFetch = async (url, { method, headers, body, signal }) => {
    const init = { method, headers, body, signal: signal ?? AbortSignal.timeout(TIME_LIMIT_MS) };
    const response = await undiciFetch(url, {
      ...(init as Parameters<typeof undiciFetch>[1]),
      redirect: 'manual',
      dispatcher: this.agent,
    });
    return response;
  };

  /** What went wrong, and whether the provider may do better another time. */
  private faultOf(error: unknown): ProviderFault {
    const chain = causesOf(error);
    const { code, status } = error as { code?: string; status?: number };
    const failed = (status ?? 0) >= 500 || chain.some(isOfTheNetwork);
    const found = describe(chain, status);
    this.log.info({ problem: code, found }, 'A sign-in at an identity provider failed');
    return new ProviderFault(failed ? 'UNAVAILABLE' : 'INVALID', found);
  }
}

/** As the provider says that it takes secrets; where it says nothing, as the standard has it. */
function authentication(clientSecret: string): oidc.ClientAuth {
  const [basic, post] = [oidc.ClientSecretBasic(clientSecret), oidc.ClientSecretPost(clientSecret)];
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (methods.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  let each = error;
  while (typeof each === 'object' && each !== null && causes.length < MOST_CAUSES) {
    causes.push(each);
    each = (each as { cause?: unknown }).cause;
  }
  return causes;
}

/** Errors of connections have codes in the style of the system's; those of a library that reads tokens have others. */
const NETWORK =
  /^(E[A-Z]+|UND_ERR_\w+|OAUTH_(TIMEOUT|ABORT|RESPONSE_IS_NOT_CONFORM|RESPONSE_IS_NOT_JSON|PARSE_ERROR))$/;
function isOfTheNetwork(error: unknown): boolean {
  const { name, code, message } = error as { name?: string; code?: unknown; message?: string };
  if (error instanceof PrivateAddressError || name === 'TimeoutError') return true;
  // What fetch says of whatever keeps it from an answer, such as a port at which it asks nobody.
  if (message === 'fetch failed') return true;
  return typeof code === 'string' && NETWORK.test(code);
}

function describe(chain: unknown[], status: number | undefined): string {
  if (chain.some((each) => each instanceof PrivateAddressError))
    return 'a host whose address is not a public one';
  if (chain.some((each) => each instanceof errors.ResponseExceededMaxSizeError)) {
    return `more than ${SIZE_LIMIT / 1_024} KiB`;
  }
  if (chain.some((each) => (each as Error).name === 'TimeoutError')) {
    return `no answer within ${TIME_LIMIT_MS / 1_000} s`;
  }
  if (status !== undefined) return `an error, HTTP status ${status}`;
  return chain.some(
    (each) => isOfTheNetwork(each) && !String((each as { code?: unknown }).code).startsWith('OAUTH_'),
  )
    ? 'no answer'
    : 'an answer that is not as OpenID Connect has it';
}
