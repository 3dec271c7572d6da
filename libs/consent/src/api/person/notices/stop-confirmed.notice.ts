import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Purpose } from '../../../domain/purpose.js';
import { noticeKind } from './notice-kinds.js';
import { Notice } from './notice.types.js';
import { PURPOSE_WORDS } from './purpose-words.js';

@ObjectType({
  implements: () => [Notice],
  description:
    'Confirms a stop that did not come from this app: by a word in a message, a link, or a text message. There is one for ' +
    'each such stop, and none where the same was stopped already.',
})
export class StopConfirmedNotice extends Notice {
  @Field(() => Purpose, { nullable: true, description: 'What was stopped; null: every purpose.' })
  purpose!: Purpose | null;

  @Field(() => String, { description: 'What the stop came through, for example keyword, link or carrier.' })
  source!: string;

  @Field(() => ID, { description: 'Id of the entry in your consent ledger.' })
  eventId!: string;
}

noticeKind('STOP_CONFIRMED', StopConfirmedNotice, ({ purpose, business, referenceId, data, handle }) => ({
  text: `You stopped ${whatWasStopped(purpose, business?.displayName)}. Only you can lift this, in your app.`,
  purpose,
  source: String(data['source']),
  eventId: handle('evt', referenceId ?? ''),
}));

function whatWasStopped(purpose: Purpose | null, business: string | undefined): string {
  if (purpose === null) return business ? `everything from ${business}` : 'everything from every business';
  return business
    ? `${PURPOSE_WORDS[purpose]} from ${business}`
    : `${PURPOSE_WORDS[purpose]} from every business`;
}
