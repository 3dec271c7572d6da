import { z } from 'zod';
import { setting, withoutEndingSlashes } from './setting.js';

const PAIR = /^[\w.-]{1,100}=[^,\r\n]{0,4000}$/;
const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** Traces, under the names that OpenTelemetry has for them: https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ */
export const TRACE_SETTINGS = {
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(
    'is the URL of a collector that takes OTLP over HTTP, to which /v1/traces is added, without a password, query and fragment; without it nothing is traced',
    'http://localhost:4318',
    z.string().max(500).refine(isCollector).transform(withoutEndingSlashes).optional(),
  ),
  OTEL_EXPORTER_OTLP_HEADERS: setting(
    'is a list of name=value with which the collector is asked, values as in a URL; for what it wants to know of its senders',
    'api-key=secret',
    z
      .string()
      .max(10_000)
      .default('')
      .transform((list) => list.split(',').flatMap((pair) => pair.trim() || []))
      .refine((pairs) => pairs.every((pair) => PAIR.test(pair) && isDecodable(pair)))
      .transform((pairs) => Object.fromEntries(pairs.map(nameAndValue))),
  ),
  OTEL_TRACES_SAMPLER: setting(
    `is ${SAMPLERS.slice(0, -1).join(', ')} or ${SAMPLERS.at(-1)}`,
    'parentbased_traceidratio',
    z.enum(SAMPLERS).default('parentbased_always_on'),
  ),
  OTEL_TRACES_SAMPLER_ARG: setting(
    'is which part of all traces is kept by the samplers with a ratio, from 0 to 1',
    '0.01',
    z
      .string()
      .regex(/^\d(?:\.\d{1,9})?$/)
      .transform(Number)
      .refine((ratio) => ratio <= 1)
      .default(1),
  ),
} as const;

function isCollector(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && !username && !password && !/[?#\s]/.test(text);
}

function isDecodable(text: string): boolean {
  try {
    return !/[\r\n\0]/.test(decodeURIComponent(text));
  } catch {
    return false;
  }
}

function nameAndValue(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))];
}
