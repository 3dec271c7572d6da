import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import type { TestPlatform } from '../platform.js';

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

/** A key that somebody signs tokens with, and what is published of it. */
export interface TestSigner {
  alg: string;
  kid: string;
  publicKey: Key;
  privateKey: Key;
  jwk: JWK;
}

export async function aSigner(alg = 'EdDSA'): Promise<TestSigner> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const kid = randomUUID();
  return { alg, kid, publicKey, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

export const ISSUER = 'https://accounts.example.com';
export const AUDIENCE = 'https://assent.example.com/person';

/** A good token for a number, but for what is said; undefined leaves a claim out. */
export function operatorToken(
  signer: TestSigner,
  phone: string,
  change: JWTPayload = {},
  header: { alg?: string; kid?: string } = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({
    iss: ISSUER,
    aud: AUDIENCE,
    iat: now,
    exp: now + 120,
    jti: randomUUID(),
    phone_number: phone,
    phone_number_verified: true,
    ...change,
  })
    .setProtectedHeader({ alg: signer.alg, kid: signer.kid, ...header })
    .sign(signer.privateKey);
}

/** Signs in by a token, signed in already by a session where one is given. */
export async function signInByToken(
  platform: TestPlatform,
  token: string,
  { startAnew, session }: { startAnew?: boolean; session?: string } = {},
): Promise<any> {
  const { signInByOperatorToken } = await platform.person(session).do(
    `mutation ($input: SignInByOperatorTokenInput!) { signInByOperatorToken(input: $input) {
      __typename
      ... on SignInByOperatorTokenPayload { token expiresAt startedAnew person { phone country verifiedAt } }
      ... on Refusal { reason message retryAt }
    } }`,
    { input: { token, startAnew } },
  );
  return signInByOperatorToken;
}

/** The operator's server of public keys. */
export class KeyServer {
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** What it publishes. */
  keys: JWK[] = [];
  /** What it answers in place of its keys, if anything. */
  instead: { status: number; body: string } | undefined;
  requests = 0;

  static async start(...signers: TestSigner[]): Promise<KeyServer> {
    const server = createServer((_, response) => {
      started.requests++;
      const { status, body } = started.instead ?? {
        status: 200,
        body: JSON.stringify({ keys: started.keys }),
      };
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const started = new KeyServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`);
    started.keys = signers.map(({ jwk }) => jwk);
    return started;
  }

  async stop(): Promise<void> {
    const closed = new Promise((end) => this.server.close(end));
    this.server.closeAllConnections();
    await closed;
  }
}
