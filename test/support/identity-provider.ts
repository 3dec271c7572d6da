import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type JWTPayload, SignJWT } from 'jose';
import { aSigner, type TestSigner } from './builders/operator-tokens.js';

/** What a browser asked for, and as whom. */
interface Grant {
  clientId: string;
  redirectUri: string;
  challenge: string;
  claims: JWTPayload;
}

/**
 * An identity provider on this machine, by OpenID Connect, which an attack can make lie. A browser's part, signing in and being sent
 * back, is one call.
 */
export class IdentityProvider {
  private constructor(
    private readonly server: Server,
    readonly issuer: string,
    public signer: TestSigner,
  ) {}

  readonly clientId: string = 'assent';
  readonly clientSecret: string = 'a secret: with / signs+';
  private readonly grants = new Map<string, Grant>();
  readonly asked: string[] = [];

  /** Lies: other metadata, another ID token, another answer in place of all others. */
  metadata: Record<string, unknown> = {};
  idToken: ((claims: JWTPayload, provider: IdentityProvider) => Promise<string>) | undefined;
  instead: { path: string; status: number; body: string; headers?: Record<string, string> } | undefined;
  /** Claims that only /userinfo tells. */
  userinfo: Record<string, unknown> | undefined;

  static async start(): Promise<IdentityProvider> {
    const signer = await aSigner('RS256');
    const server = createServer((request, response) => void started.answer(request, response));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const started = new IdentityProvider(server, issuer, signer);
    return started;
  }

  /** Signs in at a URL that the platform gave, and is sent back: where to. */
  login(authorizationUrl: string, claims: JWTPayload): string {
    const { searchParams } = new URL(authorizationUrl);
    const asked = (name: string) => searchParams.get(name) ?? '';
    const code = randomUUID();
    this.grants.set(code, {
      clientId: asked('client_id'),
      redirectUri: asked('redirect_uri'),
      challenge: asked('code_challenge'),
      claims: { sub: randomUUID(), email_verified: true, nonce: asked('nonce'), ...claims },
    });
    const back = new URL(asked('redirect_uri'));
    back.search = new URLSearchParams({ code, state: asked('state') }).toString();
    return back.href;
  }

  async rotate(): Promise<void> {
    this.signer = await aSigner('RS256');
  }

  /** The truth again. */
  reset(): void {
    this.metadata = {};
    this.idToken = undefined;
    this.instead = undefined;
    this.userinfo = undefined;
  }

  async stop(): Promise<void> {
    const closed = new Promise((end) => this.server.close(end));
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', this.issuer).pathname;
    this.asked.push(path);
    const { instead } = this;
    if (instead?.path === path) {
      response.writeHead(instead.status, { 'content-type': 'application/json', ...instead.headers });
      response.end(instead.body);
      return;
    }
    const [status, body] = await this.bodyOf(path, request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  private async bodyOf(path: string, request: IncomingMessage): Promise<[number, object]> {
    const at = (name: string) => `${this.issuer}/${name}`;
    if (path === '/.well-known/openid-configuration') {
      return [
        200,
        {
          issuer: this.issuer,
          authorization_endpoint: at('auth'),
          token_endpoint: at('token'),
          jwks_uri: at('jwks'),
          ...(this.userinfo && { userinfo_endpoint: at('userinfo') }),
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          code_challenge_methods_supported: ['S256'],
          ...this.metadata,
        },
      ];
    }
    if (path === '/jwks') return [200, { keys: [this.signer.jwk] }];
    if (path === '/userinfo') return [200, this.userinfo ?? {}];
    return path === '/token' ? this.token(request) : [404, {}];
  }

  private async token(request: IncomingMessage): Promise<[number, object]> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const code = form.get('code') ?? '';
    const grant = this.grants.get(code);
    this.grants.delete(code);
    const verifier = createHash('sha256').update(form.get('code_verifier') ?? '');
    const secret = [this.clientId, this.clientSecret].map(encodeURIComponent).join(':');
    const given = Buffer.from(request.headers.authorization?.slice(6) ?? '', 'base64').toString();
    const isRight =
      decodeURIComponent(given.replaceAll('+', ' ')) === decodeURIComponent(secret) &&
      grant?.challenge === verifier.digest('base64url') &&
      grant.redirectUri === form.get('redirect_uri') &&
      grant.clientId === this.clientId;
    if (!isRight) return [400, { error: 'invalid_grant' }];
    const now = Math.floor(Date.now() / 1_000);
    const claims = { iss: this.issuer, aud: this.clientId, iat: now, exp: now + 300, ...grant.claims };
    const idToken = await (this.idToken?.(claims, this) ?? signedBy(this.signer, claims));
    return [200, { access_token: randomUUID(), token_type: 'Bearer', expires_in: 60, id_token: idToken }];
  }
}

/** An ID token by a key. */
export function signedBy(
  { alg, kid, privateKey }: TestSigner,
  claims: JWTPayload,
  header: object = {},
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(privateKey);
}
