import { Injectable } from '@nestjs/common';
import { BusinessProfiles, type Profile } from '@assent/accounts';
import { type ConsentScope, LiftStop, recognise, type Recognised, RecordStop } from '@assent/consent';
import { FindByNumber, type NumberOwner } from '@assent/people';
import { BadInputError, KeyRing, parseInput, parsePublicId } from '@assent/platform';
import { z } from 'zod';
import { CARRIER_REPLIES } from '../domain/carrier-replies.js';
import { helpText } from '../domain/help-text.js';
import { isMessageText } from '../domain/text.js';
import { CarrierAnswerStore } from '../persistence/carrier-answer.store.js';
import { ReceiveMessage } from './receive-message.js';

const BUSINESS_RULE = 'must be the id of a business';

const schema = z.object({
  from: z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be a number in E.164 form'),
  text: z.string().refine(isMessageText, 'must have 1 to 4,096 characters of well-formed Unicode'),
  business: z
    .string()
    .transform((text) => parsePublicId('biz', text))
    .refine((id) => id !== undefined, BUSINESS_RULE)
    .nullish(),
});

/** Which delivery of a carrier it is: the same one twice does nothing twice. */
export interface Delivery {
  /** The carrier's name, as the settings have it. */
  carrier: string;
  /** Its `webhook-id`. */
  id: string;
}

/** Who wrote, to whom, and what. */
interface Sent {
  owner: NumberOwner;
  /** UUID; null: no single business. */
  businessId: string | null;
  profile: Profile | undefined;
  text: string;
}

/** Heeds what a person wrote by a carrier: STOP, START, HELP, and sentences that ask to stop. */
@Injectable()
export class ReceiveFromCarrier {
  constructor(
    private readonly keys: KeyRing,
    private readonly profiles: BusinessProfiles,
    private readonly people: FindByNumber,
    private readonly answers: CarrierAnswerStore,
    private readonly stops: RecordStop,
    private readonly lifts: LiftStop,
    private readonly receive: ReceiveMessage,
  ) {}

  /**
   * When it returns, a stop that was asked for holds. Numbers of nobody are answered like those that have nothing to say.
   * @param body what the carrier sent, its signature checked
   * @returns the one text that the carrier may send back to the person; null: none
   * @throws BadInputError
   */
  async execute(delivery: Delivery, body: unknown): Promise<string | null> {
    const { from, text, business } = parseInput(schema, body, 'body');
    const businessId = business ?? null;
    const profile = businessId ? (await this.profiles.byIds([businessId])).get(businessId) : undefined;
    if (businessId && !profile) throw new BadInputError([{ field: 'body.business', rule: BUSINESS_RULE }]);

    const key = this.keys.mac('carrier-answer', `${delivery.carrier}\n${delivery.id}`, 1);
    const earlier = await this.answers.find(key);
    if (earlier) return earlier.reply;
    const owner = await this.people.execute(from);
    const reply = owner ? await this.heed({ owner, businessId, profile, text }, key) : null;
    return this.answers.keep(key, reply);
  }

  private async heed(sent: Sent, key: Buffer): Promise<string | null> {
    const said = recognise(sent.text);
    if (said?.kind === 'KEYWORD') return this.heedKeyword(sent, said);
    const { owner, businessId, profile, text } = sent;
    const reply = said && CARRIER_REPLIES[said.language].marketingStopped(profile?.displayName ?? null);
    // Into the conversation only in the name of who surely has the number.
    if (businessId && owner.proved) {
      const idempotencyKey = `carrier:${key.toString('base64url')}`;
      const { stopsNow } = await this.receive.execute(owner, { businessId, text, idempotencyKey });
      return stopsNow && reply ? reply : null;
    }
    return reply && (await this.stop(owner, { businessId, purpose: 'MARKETING' }, 'free-text'))
      ? reply
      : null;
  }

  private async heedKeyword(
    { owner, businessId, profile }: Sent,
    { action, language }: Extract<Recognised, { kind: 'KEYWORD' }>,
  ): Promise<string | null> {
    const replies = CARRIER_REPLIES[language];
    const of = profile?.displayName ?? null;
    const scope = { businessId, purpose: null };
    switch (action) {
      case 'HELP':
        return profile ? helpText(language, profile) : replies.help;
      case 'STOP':
        return (await this.stop(owner, scope, 'carrier')) ? replies.stopped(of) : null;
      case 'START':
        // The person's own act by a way that shows the number to be theirs; who has it only now may not act for them.
        return owner.proved && (await this.lifts.execute(owner, scope, 'carrier'))
          ? replies.lifted(of)
          : null;
    }
  }

  /** @returns whether it was not in force before */
  private async stop(owner: NumberOwner, scope: ConsentScope, source: string): Promise<boolean> {
    return !(await this.stops.execute(owner, scope, source)).wasStanding;
  }
}
