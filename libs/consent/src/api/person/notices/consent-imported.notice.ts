import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { Purpose } from '../../../domain/purpose.js';
import { ImportEvidence } from '../../enums.js';
import { noticeKind } from './notice-kinds.js';
import { Notice } from './notice.types.js';
import { PURPOSE_WORDS } from './purpose-words.js';

@ObjectType({
  implements: () => [Notice],
  description:
    'A business says that you opted in with it elsewhere, and it counts from now on. If you did not, stop it: only you can ' +
    'lift that. You are told once, for as long as that opt-in stands.',
})
export class ConsentImportedNotice extends Notice {
  @Field(() => Purpose, { description: 'What you are said to have opted in to.' })
  purpose!: Purpose;

  @Field(() => ImportEvidence, { description: 'What the business holds as evidence.' })
  evidence!: ImportEvidence;

  @Field(() => GraphQLISODateTime, { description: 'When you are said to have opted in.' })
  givenAt!: Date;

  @Field(() => ID, { description: 'Id of the entry in your consent ledger.' })
  eventId!: string;
}

noticeKind('CONSENT_IMPORTED', ConsentImportedNotice, ({ purpose, business, referenceId, data, handle }) => {
  if (purpose === null) throw new Error('An import without a purpose');
  const givenAt = new Date(String(data['givenAt']));
  const name = business?.displayName ?? 'A business';
  return {
    text: `${name} says that on ${givenAt.toISOString().slice(0, 10)} you agreed to ${PURPOSE_WORDS[purpose]} from it. If you did not, stop it in your app.`,
    purpose,
    evidence: String(data['evidence']) as ImportEvidence,
    givenAt,
    eventId: handle('evt', referenceId ?? ''),
  };
});
