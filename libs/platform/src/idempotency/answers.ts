import { Injectable } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { Database, type Transaction } from '../database/database.js';
import { KeyRing } from '../keys/key-ring.js';
import { open, seal } from '../keys/sealing.js';
import type { Subject } from '../requests/subject.js';
import { AnswerStore, type KeptAnswer, type KeyedRequest } from './answer.store.js';
import { pack, unpack } from './pack.js';

/** A mutation that is asked for under a key. */
export interface AskedOnce {
  subject: Subject;
  mutation: string;
  /** Of the client. */
  key: string;
  /** Everything that it asks for. */
  body: object;
}

/** How soon a client may ask again whose first request is still under way. */
const IN_FLIGHT_MS = 1_000;

/**
 * Answers of mutations by idempotency key. What a mutation does, and its answer, are one transaction: after a crash either both
 * are there or neither. An answer is sealed under a key made of the client's own, which is not stored: so a secret that was
 * shown once is shown to a retry, and to nobody who reads the database.
 */
@Injectable()
export class IdempotentAnswers {
  private readonly store = new AnswerStore();

  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
  ) {}

  /**
   * Does it, or answers as before. An error keeps nothing: then nothing was done either.
   * @throws GraphQLError where the key was used for something else, or its request is still under way
   */
  once(asked: AskedOnce, work: () => Promise<object>): Promise<{ answer: object; replayed: boolean }> {
    const { mutation, key, body } = asked;
    const request: KeyedRequest = {
      key: this.keys.mac('idempotency', `${nameOf(asked.subject)}\n${mutation}\n${key}`, 1),
      body: this.keys.mac('idempotency-body', JSON.stringify(body), 1),
      asker: this.askerOf(asked.subject),
    };
    return this.database.whole({ role: 'engine' }, async (tx) => {
      const [taken, earlier, now] = await Promise.all([
        this.store.take(tx, request),
        this.store.find(tx, request),
        tx.now(),
      ]);
      if (!taken) throw inFlight(new Date(now.getTime() + IN_FLIGHT_MS));
      if (earlier && !earlier.body.equals(request.body)) throw conflict();
      if (earlier) return { answer: this.open(asked, request, earlier), replayed: true };
      const answer = await work();
      await tx.become({ role: 'engine' });
      await this.store.keep(tx, request, this.seal(asked, request, answer));
      return { answer, replayed: false };
    });
  }

  /** Forgets what somebody was answered; in the role `eraser`. @returns how many answers */
  forget(tx: Transaction, subject: Subject): Promise<number> {
    return this.store.forget(tx, this.askerOf(subject));
  }

  private askerOf(subject: Subject): Buffer {
    return this.keys.mac('idempotency-asker', nameOf(subject), 1);
  }

  private seal({ key }: AskedOnce, request: KeyedRequest, answer: object): Buffer {
    return seal(this.keyOf(key, this.keys.current), pack(answer), placeOf(request));
  }

  private open({ key }: AskedOnce, request: KeyedRequest, { sealed }: KeptAnswer): object {
    const plain = open((version) => this.keyOf(key, version).key, sealed, placeOf(request));
    return unpack(plain.toString('utf8'));
  }

  private keyOf(key: string, version: number) {
    return { version, key: this.keys.deriveFresh('idempotency-answer', key, version) };
  }
}

function nameOf({ kind, id }: Subject): string {
  return `${kind}:${id}`;
}

function placeOf({ key }: KeyedRequest): string {
  return `keyed_answer.answer:${key.toString('hex')}`;
}

function conflict(): GraphQLError {
  return new GraphQLError('This idempotency key was used for another request. Use a new one.', {
    extensions: { code: 'IDEMPOTENCY_CONFLICT' },
  });
}

function inFlight(retryAt: Date): GraphQLError {
  return new GraphQLError(
    `The first request with this idempotency key is under way. Try again at ${retryAt.toISOString()}.`,
    { extensions: { code: 'IDEMPOTENCY_IN_FLIGHT', retryAt: retryAt.toISOString() } },
  );
}
