const MOST_CHARACTERS = 2_048;

/**
 * A URL that events can be posted to, as it is kept; undefined where it is none: https only, without user and password,
 * and without a fragment, which would not be sent.
 */
export function readWebhookUrl(text: string, allowHttp: boolean): string | undefined {
  if (text.length > MOST_CHARACTERS || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isAllowed = url.protocol === 'https:' || (allowHttp && url.protocol === 'http:');
  if (!isAllowed || url.username || url.password || url.hash || !url.hostname) return undefined;
  return url.href.length > MOST_CHARACTERS ? undefined : url.href;
}
