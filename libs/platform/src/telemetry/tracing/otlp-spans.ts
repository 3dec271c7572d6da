import {
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { ExportResultCode, parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  type IdGenerator,
  ParentBasedSampler,
  RandomIdGenerator,
  type ReadableSpan,
  type Sampler,
  SamplingDecision,
  type SpanExporter,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Configuration } from '../../configuration/configuration.js';
import { Counter } from '../meters.js';
import { allowedOf, nameFor, type SpanAttributes } from './span-attributes.js';

/** Spans that wait or are on their way; beyond these they are dropped: a collector that hangs must not fill the memory. */
export const MOST_WAITING = 2_048;
const BATCH = 512;
const DELAY_MS = 1_000;
/** Of one export, with what is tried again of it. */
const EXPORT_MS = 5_000;
const MOST_LINKS = 128;

const spans = new Counter('assent_spans_total', 'Sampled spans, by what became of them.', ['outcome']);

/** How a span begins. */
export interface Beginning {
  attributes?: SpanAttributes;
  /** Without one it is the root of a trace. */
  parent?: SpanContext | undefined;
  /** What it belongs to beside its parent; the first 128. */
  links?: readonly SpanContext[];
  /** By this process's clock; now, where it is not given. */
  since?: number;
  kind?: 'server' | 'client';
  /** The very ids of a root. */
  as?: SpanContext;
}

/** Makes spans, and exports the sampled ones by OTLP over HTTP, in the background. Loaded only where traces are on. */
export class OtlpSpans {
  private readonly ids = new GivenIds();
  private readonly sampler: Sampler;
  private readonly provider: TracerProvider;

  constructor({ settings }: Configuration, endpoint: string, service: string) {
    this.sampler = samplerOf(settings);
    const exporter = new OTLPTraceExporter({
      url: `${endpoint}/v1/traces`,
      headers: settings.OTEL_EXPORTER_OTLP_HEADERS,
      timeoutMillis: EXPORT_MS,
    });
    this.provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.namespace': 'assent', 'service.name': service }),
      sampler: this.sampler,
      idGenerator: this.ids,
      spanLimits: { linkCountLimit: MOST_LINKS },
      spanProcessors: [new BoundedExport(exporter)],
    });
  }

  /** Begins a span, sampled or not. */
  begin(name: string, { attributes = {}, parent, links = [], since, kind, as }: Beginning = {}): Span {
    this.ids.given = as;
    try {
      return this.provider.getTracer('assent').startSpan(
        nameFor(name),
        {
          attributes: allowedOf(attributes),
          links: links.slice(0, MOST_LINKS).map((context) => ({ context })),
          startTime: since,
          kind: kind === 'server' ? SpanKind.SERVER : kind === 'client' ? SpanKind.CLIENT : SpanKind.INTERNAL,
        },
        parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT,
      );
    } finally {
      this.ids.given = undefined;
    }
  }

  /** Ends a span. @param failed whether it was somebody's fault here, or of whom we depend on */
  end(span: Span, attributes: SpanAttributes, failed: boolean): void {
    span.setAttributes(allowedOf(attributes));
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }

  /** Whether the root of this trace is sampled: the same in each process with the same settings. */
  samples(traceId: string): boolean {
    const { decision } = this.sampler.shouldSample(ROOT_CONTEXT, traceId, '', SpanKind.INTERNAL, {}, []);
    return decision === SamplingDecision.RECORD_AND_SAMPLED;
  }

  /** The context that a `traceparent` header of W3C Trace Context names; undefined where it names none. */
  callerOf(header: unknown): SpanContext | undefined {
    return (typeof header === 'string' && header.length <= 64 && parseTraceParent(header)) || undefined;
  }

  /** Exports what waits, and nothing afterwards. */
  shutdown(): Promise<void> {
    return this.provider.shutdown();
  }
}

/** Ids by chance, unless they are given. */
class GivenIds implements IdGenerator {
  private readonly random = new RandomIdGenerator();
  given: SpanContext | undefined;

  generateTraceId = (): string => this.given?.traceId ?? this.random.generateTraceId();
  generateSpanId = (): string => this.given?.spanId ?? this.random.generateSpanId();
}

/** The SDK's batches, with a bound that counts what is on its way too, and a meter of what became of spans. */
class BoundedExport implements SpanProcessor {
  private waiting = 0;
  private readonly batches: BatchSpanProcessor;

  constructor(exporter: SpanExporter) {
    const counting: SpanExporter = {
      export: (batch, done) =>
        exporter.export(batch, (result) => {
          this.waiting -= batch.length;
          spans.add(batch.length, result.code === ExportResultCode.SUCCESS ? 'exported' : 'failed');
          done(result);
        }),
      shutdown: () => exporter.shutdown(),
    };
    this.batches = new BatchSpanProcessor({
      exporter: counting,
      maxQueueSize: MOST_WAITING,
      maxExportBatchSize: BATCH,
      scheduledDelayMillis: DELAY_MS,
      exportTimeoutMillis: 2 * EXPORT_MS,
    });
  }

  onStart(): void {
    // A span is of interest when it has ended.
  }

  onEnd(span: ReadableSpan): void {
    if (this.waiting >= MOST_WAITING) {
      spans.add(1, 'dropped');
      return;
    }
    this.waiting++;
    this.batches.onEnd(span);
  }

  forceFlush(): Promise<void> {
    return this.batches.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.batches.shutdown();
  }
}

function samplerOf({ OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: ratio }: Configuration['settings']) {
  const root = name.endsWith('always_on')
    ? new AlwaysOnSampler()
    : name.endsWith('always_off')
      ? new AlwaysOffSampler()
      : new TraceIdRatioBasedSampler(ratio);
  return name.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}
