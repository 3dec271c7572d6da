import { createHash } from 'node:crypto';
import type { Language } from '../../domain/stop-phrases/recognised.js';
import type { LinkedStop } from '../../use-cases/stop-by-link.js';
import { STOP_PAGE_TEXTS, type StopPageTexts } from './stop-page-texts.js';

const STYLE =
  'body{font:1.1rem/1.5 system-ui,sans-serif;max-width:30rem;margin:3rem auto;padding:0 1rem;color:#111;background:#fff}' +
  'dt{color:#555;font-size:.9rem}dd{margin:0 0 .75rem;font-weight:600;overflow-wrap:anywhere}' +
  'button{font:inherit;font-weight:600;padding:.7rem 2rem;border:0;border-radius:.4rem;color:#fff;background:#b00020}';

/** Everything is in the page itself: no script, and nothing from elsewhere that could see the link. */
export const STOP_PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; ` +
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
  vary: 'accept-language',
} as const;

/** The page that a link opens: it says what would be stopped, and stops nothing. */
export function askingPage(stop: LinkedStop, language: Language): string {
  const texts = STOP_PAGE_TEXTS[language];
  return page(
    language,
    texts.title,
    `${describe(stop, texts)}
<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>${escape(texts.button)}</button></form>
<p>${escape(texts.beforehand)}</p>`,
  );
}

/** What follows the button. */
export function stoppedPage(stop: LinkedStop, language: Language): string {
  const texts = STOP_PAGE_TEXTS[language];
  return page(language, texts.stoppedTitle, `${describe(stop, texts)}\n<p>${escape(texts.stopped)}</p>`);
}

/** For links that are none of ours or too old: one page for all of them. */
export function unknownPage(language: Language): string {
  const { unknownTitle, unknown } = STOP_PAGE_TEXTS[language];
  return page(language, unknownTitle, `<p>${escape(unknown)}</p>`);
}

/** The first language that the reader asks for (RFC 9110, 12.5.4) and the page has; else English. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const asked = (acceptLanguage ?? '').slice(0, 200).split(',');
  const ranked = asked.flatMap((entry) => {
    const [, tag, weight] = /^\s*([a-z]{2})\b[^;]*(?:;\s*q=([01](?:\.\d{1,3})?))?\s*$/i.exec(entry) ?? [];
    return tag === undefined ? [] : [{ tag: tag.toLowerCase(), weight: Number(weight ?? 1) }];
  });
  const best = ranked
    .sort((a, b) => b.weight - a.weight)
    .find(({ tag, weight }) => weight > 0 && Object.hasOwn(STOP_PAGE_TEXTS, tag));
  return (best?.tag as Language | undefined) ?? 'en';
}

function describe({ business, purpose }: LinkedStop, texts: StopPageTexts): string {
  const from = business === null ? texts.everyBusiness : (business?.displayName ?? texts.formerBusiness);
  const what = purpose ? texts.purposes[purpose] : texts.everything;
  return `<dl><dt>${escape(texts.from)}</dt><dd>${escape(from)}</dd><dt>${escape(texts.what)}</dt><dd>${escape(what)}</dd></dl>`;
}

function page(language: Language, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${STYLE}</style></head>
<body><main>
<h1>${escape(title)}</h1>
${body}
</main></body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
