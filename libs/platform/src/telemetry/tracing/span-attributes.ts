/** What a span may hold, and nothing else: names from the code, codes, counts, and the public id of a business. */
export interface SpanAttributes {
  'http.request.method'?: string;
  /** As the route was declared, never as it was asked for: paths can hold tokens. */
  'http.route'?: string;
  'http.response.status_code'?: number;
  'assent.audience'?: string;
  'assent.outcome'?: string;
  'assent.reason'?: string | undefined;
  /** `biz_…`, of whom it was about. */
  'assent.business'?: string;
  'assent.carrier'?: string;
  'assent.event'?: string;
  'assent.attempt'?: number;
  'assent.messages'?: number;
  'assent.accepted'?: number;
  'assent.refused'?: number;
  'assent.replayed'?: number;
  'assent.visible'?: number;
  'assent.deferred'?: number;
  'assent.ended'?: number;
}

const KNOWN = {
  'http.request.method': 'name',
  'http.route': 'name',
  'http.response.status_code': 'count',
  'assent.audience': 'name',
  'assent.outcome': 'name',
  'assent.reason': 'name',
  'assent.business': 'business',
  'assent.carrier': 'name',
  'assent.event': 'name',
  'assent.attempt': 'count',
  'assent.messages': 'count',
  'assent.accepted': 'count',
  'assent.refused': 'count',
  'assent.replayed': 'count',
  'assent.visible': 'count',
  'assent.deferred': 'count',
  'assent.ended': 'count',
} as const satisfies Record<keyof SpanAttributes, 'name' | 'count' | 'business'>;

/** Names have no longer run of digits than codes of SQLSTATE have. */
const NAME = /^(?!.*\d{6})[A-Za-z/][A-Za-z0-9_ .:/*-]{0,79}$/;
const BUSINESS = /^biz_[0-9a-z]{26}$/;
/** No batch is as large, and no phone number as small. */
const MOST = 9_999;

/** A name as a span may have it; `other` for what looks like none. */
export function nameFor(text: string): string {
  return NAME.test(text) ? text : 'other';
}

/** Of some attributes those that a span may hold: the types say it, and this holds for what the types do not see. */
export function allowedOf(attributes: SpanAttributes): Record<string, string | number> {
  const allowed: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(attributes) as [string, unknown][]) {
    switch (Object.hasOwn(KNOWN, key) ? KNOWN[key as keyof SpanAttributes] : undefined) {
      case 'name':
        if (typeof value === 'string') allowed[key] = nameFor(value);
        break;
      case 'business':
        if (typeof value === 'string' && BUSINESS.test(value)) allowed[key] = value;
        break;
      case 'count':
        if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST) {
          allowed[key] = value;
        }
        break;
      case undefined:
        break;
    }
  }
  return allowed;
}
