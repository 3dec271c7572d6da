import { createHash, createHmac } from 'node:crypto';

/** What a request to an S3 service is signed with. */
export interface S3Access {
  keyId: string;
  secret: string;
  region: string;
}

/** A request that somebody may make with nothing but its URL, and its headers as they are. */
export interface Presigned {
  method: 'GET' | 'PUT' | 'HEAD' | 'DELETE';
  url: URL;
  /** Signed too: in small letters. */
  headers?: Readonly<Record<string, string>>;
  at: Date;
  seconds: number;
}

/**
 * The URL of a request, signed by AWS Signature Version 4 in its query
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html).
 */
export function presign({ keyId, secret, region }: S3Access, request: Presigned): string {
  const { method, at, seconds } = request;
  const url = new URL(request.url);
  const time = at.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  const headers = Object.entries({ host: url.host, ...request.headers }).sort(byName);
  const signed = headers.map(([name]) => name).join(';');
  const query = [
    ...url.searchParams,
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${keyId}/${scope}`],
    ['X-Amz-Date', time],
    ['X-Amz-Expires', String(seconds)],
    ['X-Amz-SignedHeaders', signed],
  ]
    .map(([name = '', value = '']): [string, string] => [encode(name), encode(value)])
    .sort(byName)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const canonical = [
    method,
    url.pathname,
    query,
    ...headers.map(([name, value]) => `${name}:${value.trim()}`),
    '',
    signed,
    'UNSIGNED-PAYLOAD',
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(canonical).digest('hex')].join(
    '\n',
  );
  const key = scope.split('/').reduce<Buffer | string>((key, part) => hmac(key, part), `AWS4${secret}`);
  return `${url.origin}${url.pathname}?${query}&X-Amz-Signature=${hmac(key, text).toString('hex')}`;
}

function hmac(key: Buffer | string, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

/** As RFC 3986 has it: encodeURIComponent leaves some more as they are. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function byName([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
