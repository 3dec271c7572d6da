import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { Args, GqlExecutionContext } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { z } from 'zod';
import { parseInput } from '../errors/bad-input.js';
import { type RequestContext, unauthenticated } from '../graphql/viewer.js';
import { IdempotentAnswers } from './answers.js';
import { idempotencyKey } from './key-rule.js';

const schema = z.object({ idempotencyKey: idempotencyKey.nullish() });

/** Lets a mutation that is asked for again under its key answer as it did, and do nothing more. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly answers: IdempotentAnswers) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const graphql = GqlExecutionContext.create(context);
    const { idempotencyKey: given, ...body } = graphql.getArgs<{ idempotencyKey?: string | null }>();
    const { idempotencyKey: key } = parseInput(
      schema,
      { idempotencyKey: given },
      graphql.getInfo<GraphQLResolveInfo>().fieldName,
    );
    return typeof key === 'string' ? from(this.once(graphql, key, body, next)) : next.handle();
  }

  private async once(
    graphql: GqlExecutionContext,
    key: string,
    body: object,
    next: CallHandler,
  ): Promise<object> {
    const shared = graphql.getContext<RequestContext>();
    const { fieldName: mutation, path } = graphql.getInfo<GraphQLResolveInfo>();
    if (!shared.viewer) throw unauthenticated();
    const { subject } = shared.viewer;
    const { answer, replayed } = await this.answers.once({ subject, mutation, key, body }, () =>
      lastValueFrom(next.handle() as Observable<object>),
    );
    if (replayed) shared.replayed = [...(shared.replayed ?? []), String(path.key)];
    return answer;
  }
}

/**
 * Gives a mutation that makes something the argument `idempotencyKey`. For mutations of a viewer only: strangers share no key.
 * Its answer must be made of plain data, and of the members of a result union.
 */
export function Idempotent(): MethodDecorator {
  return (target, name, descriptor) => {
    const addArgument = Args('idempotencyKey', {
      type: () => String,
      nullable: true,
      description:
        'Your own key for this request, 1 to 255 characters, kept for 7 days. The same request with the same key is answered as the first one was, does nothing more, and is named in `extensions.replayed`. Another request of yours with it is an error, `IDEMPOTENCY_CONFLICT`; one that comes while the first is under way too, `IDEMPOTENCY_IN_FLIGHT` with `retryAt`.',
    });
    const method = descriptor.value as ((...given: unknown[]) => unknown) | undefined;
    addArgument(target, name, method?.length ?? 0);
    UseInterceptors(IdempotencyInterceptor)(target, name, descriptor);
  };
}
