/** What any HTTP client is answered: without a word about what should have come. */
export interface RawAnswer {
  status: number;
  text: string;
  headers: Headers;
  /** Codes of GraphQL errors, in order. */
  codes: string[];
  /** `data` of an answer of GraphQL; undefined where there is none. */
  data: unknown;
}

/** Sends a request as it is. */
export async function rawRequest(url: string, init: RequestInit): Promise<RawAnswer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  const json = parsed(text) as { data?: unknown; errors?: { extensions?: { code?: string } }[] } | undefined;
  const codes = Array.isArray(json?.errors)
    ? json.errors.map(({ extensions }) => extensions?.code ?? '')
    : [];
  return { status: response.status, text, headers: response.headers, codes, data: json?.data };
}

/** A POST of JSON, of which the body may be anything. */
export function postJson(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<RawAnswer> {
  return rawRequest(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
