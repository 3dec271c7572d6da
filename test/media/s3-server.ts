import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server was told of its one key. */
export const S3_KEY = { id: 'AKIATEST', secret: 'a/secret+of=40', region: 'eu-test-1' };

/**
 * An object store that believes nothing: it takes each presigned request apart and computes the signature by itself, from what
 * came over the wire, as AWS documents it.
 */
export class S3Server {
  readonly objects = new Map<string, Buffer>();
  /** Why requests were refused. */
  readonly refused: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    void this.answer(request).then(({ status, body, headers = {} }) => {
      response.writeHead(status, headers).end(body);
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/bucket`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(
    request: IncomingMessage,
  ): Promise<{ status: number; body?: Buffer | undefined; headers?: Record<string, string> }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const url = new URL(request.url ?? '/', 'http://s3');
    const wrong = this.wrongWith(request, url) ?? wrongBytes(request, body);
    if (wrong) {
      this.refused.push(wrong);
      return { status: wrong === 'checksum' ? 400 : 403 };
    }
    const key = url.pathname;
    if (request.method === 'PUT') this.objects.set(key, body);
    if (request.method === 'DELETE') this.objects.delete(key);
    if (request.method !== 'GET') return { status: request.method === 'DELETE' ? 204 : 200 };
    const found = this.objects.get(key);
    const headers = Object.fromEntries(
      ['content-type', 'content-disposition'].map((name) => [
        name,
        url.searchParams.get(`response-${name}`) ?? '',
      ]),
    );
    return found ? { status: 200, body: found, headers } : { status: 404 };
  }

  private wrongWith(request: IncomingMessage, url: URL): string | undefined {
    const at = url.searchParams.get('X-Amz-Date') ?? '';
    const [keyId, ...scope] = (url.searchParams.get('X-Amz-Credential') ?? '').split('/');
    const signed = (url.searchParams.get('X-Amz-SignedHeaders') ?? '').split(';');
    if (keyId !== S3_KEY.id || scope.join('/') !== `${at.slice(0, 8)}/${S3_KEY.region}/s3/aws4_request`)
      return 'scope';
    const began = Date.parse(at.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
    if (Date.now() > began + Number(url.searchParams.get('X-Amz-Expires')) * 1_000) return 'expired';
    const query = (request.url ?? '')
      .split('?')[1]
      ?.split('&')
      .filter((part) => !part.startsWith('X-Amz-Signature='))
      .sort();
    const headers = signed.map((name) => `${name}:${String(request.headers[name] ?? '')}\n`).join('');
    const canonical = `${request.method}\n${url.pathname}\n${query?.join('&')}\n${headers}\n${signed.join(';')}\nUNSIGNED-PAYLOAD`;
    const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();
    const day = hmac(`AWS4${S3_KEY.secret}`, at.slice(0, 8));
    const key = hmac(hmac(hmac(day, S3_KEY.region), 's3'), 'aws4_request');
    const hash = createHash('sha256').update(canonical).digest('hex');
    const sound = hmac(key, `AWS4-HMAC-SHA256\n${at}\n${scope.join('/')}\n${hash}`).toString('hex');
    return url.searchParams.get('X-Amz-Signature') === sound ? undefined : 'signature';
  }
}

function wrongBytes({ method, headers }: IncomingMessage, body: Buffer): string | undefined {
  if (method !== 'PUT') return undefined;
  const hash = createHash('sha256').update(body).digest('base64');
  return headers['x-amz-checksum-sha256'] === hash ? undefined : 'checksum';
}
