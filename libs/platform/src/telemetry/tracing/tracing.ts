import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { Span, SpanContext } from '@opentelemetry/api';
import type { Configuration } from '../../configuration/configuration.js';
import type { KeyRing } from '../../keys/key-ring.js';
import { errorCode } from '../describe-error.js';
import type { Beginning, OtlpSpans } from './otlp-spans.js';
import { nameFor, type SpanAttributes } from './span-attributes.js';

/** How long a process that stops waits for a collector. */
const SHUTDOWN_MS = 2_000;
const SAMPLED = 1;
const NOT_SAMPLED = 0;
/** Bytes of the ids of a trace and of a span. */
const TRACE_BYTES = 16;
const SPAN_BYTES = 8;

/** What a span that is over was about. */
export interface Done extends Omit<Beginning, 'as'> {
  /** When it began, in milliseconds by this process's clock. */
  since: number;
  failed?: boolean;
}

/** A span of a request under way. */
export interface Begun {
  /** What was found out meanwhile. */
  rename(name: string): void;
  /** @param failed whether it was somebody's fault here, or of whom we depend on */
  end(attributes: SpanAttributes, failed: boolean): void;
}

/** A request, of which all that is done within it is a part. */
export interface TracedRequest extends Begun {
  /** Runs what is to be a part of it. */
  within(work: () => void): void;
}

/**
 * Traces of what this process does, by OpenTelemetry; off unless OTEL_EXPORTER_OTLP_ENDPOINT is set, and then nothing of it is
 * even loaded. Spans hold only what SpanAttributes name. Where it is used on a hot path, `on` is asked first. No call fails or waits.
 */
export class Tracing {
  /** Whether anybody wants traces. */
  readonly on: boolean;
  /** The innermost span of the request that is being worked for. */
  private readonly doing = new AsyncLocalStorage<{ span: Span }>();

  private constructor(
    private readonly spans: OtlpSpans | undefined,
    private readonly keys: KeyRing,
  ) {
    this.on = spans !== undefined;
  }

  /** As the configuration asks for it. @param service the name of the process */
  static async open(configuration: Configuration, keys: KeyRing, service: string): Promise<Tracing> {
    const endpoint = configuration.settings.OTEL_EXPORTER_OTLP_ENDPOINT;
    if (!endpoint) return new Tracing(undefined, keys);
    const { OtlpSpans } = await import('./otlp-spans.js');
    return new Tracing(new OtlpSpans(configuration, endpoint, service), keys);
  }

  /** The span that is worked for: what is done for it later, and together with what others asked for, is linked to it. */
  get current(): Span | undefined {
    return this.doing.getStore()?.span;
  }

  /**
   * Begins a request. A trace that its sender names is linked to and no more: strangers do not decide what is sampled here, nor
   * put spans into each other's traces.
   */
  request(name: string, traceParent: unknown, attributes: SpanAttributes): TracedRequest | undefined {
    const { spans } = this;
    if (!spans) return undefined;
    const caller = spans.callerOf(traceParent);
    const span = spans.begin(name, { attributes, links: caller && [caller], kind: 'server' });
    const doing = { span };
    return { ...begun(spans, span), within: (work) => this.doing.run(doing, work) };
  }

  /** Begins the main thing that the request of now asks for: from here on it is what is worked for. */
  operation(name: string, attributes: SpanAttributes): Begun | undefined {
    const { spans } = this;
    const doing = this.doing.getStore();
    if (!spans || !doing) return undefined;
    doing.span = spans.begin(name, { attributes, parent: doing.span.spanContext() });
    return begun(spans, doing.span);
  }

  /** Adds a span of what is over. @returns its context, to link to; undefined where traces are off */
  add(name: string, { failed = false, ...beginning }: Done): SpanContext | undefined {
    const { spans } = this;
    if (!spans) return undefined;
    const span = spans.begin(name, beginning);
    spans.end(span, {}, failed);
    return span.spanContext();
  }

  /** Does a round of a job, and adds a span of it where there was something to do or it failed. */
  async job<Result>(name: string, round: () => Promise<Result>): Promise<Result> {
    if (!this.on) return round();
    const since = Date.now();
    try {
      const done = await round();
      if (done !== false) this.add(`job ${name}`, { since, attributes: { 'assent.outcome': 'ok' } });
      return done;
    } catch (error) {
      this.add(`job ${name}`, { since, attributes: { 'assent.outcome': errorCode(error) }, failed: true });
      throw error;
    }
  }

  /**
   * The root of a message's own trace. Its ids follow from the message's under a key, so every process knows them, for as long as
   * anything happens to the message, and nothing is stored; nobody finds the message by them.
   */
  messageContext(messageId: string): SpanContext | undefined {
    if (!this.spans) return undefined;
    const ids = this.keys.mac('trace', messageId, 1);
    const traceId = ids.toString('hex', 0, TRACE_BYTES);
    const spanId = ids.toString('hex', TRACE_BYTES, TRACE_BYTES + SPAN_BYTES);
    return { traceId, spanId, traceFlags: this.spans.samples(traceId) ? SAMPLED : NOT_SAMPLED };
  }

  /** Begins and ends the root of a message's own trace: it was accepted. */
  accepted(context: SpanContext, done: Done): void {
    if (isSampled(context)) this.spans?.begin('message', { ...done, as: context }).end();
  }

  /** Exports what waits, for two seconds at most. */
  async stop(): Promise<void> {
    const patience = new AbortController();
    const late = wait(SHUTDOWN_MS, undefined, { signal: patience.signal }).catch(() => undefined);
    await Promise.race([this.spans?.shutdown().catch(() => undefined), late]);
    patience.abort();
  }
}

/** Whether a span of that context goes to the collector. */
export function isSampled({ traceFlags }: SpanContext): boolean {
  return (traceFlags & SAMPLED) !== 0;
}

function begun(spans: OtlpSpans, span: Span): Begun {
  return {
    rename: (name) => void span.updateName(nameFor(name)),
    end: (attributes, failed) => spans.end(span, attributes, failed),
  };
}
