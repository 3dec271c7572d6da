import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { Notice, noticeKind } from '@assent/consent';

/** An export is made. */
@ObjectType({
  implements: () => [Notice],
  description: 'The copy of your data that you asked for is ready to be fetched.',
})
export class ExportReadyNotice extends Notice {
  @Field(() => ID, { description: 'The export, for `myExport`; `exp_…`.' })
  exportId!: string;

  @Field(() => GraphQLISODateTime, { description: 'From then on it is gone.' })
  expiresAt!: Date;
}

noticeKind('EXPORT_READY', ExportReadyNotice, ({ referenceId, data, handle }) => ({
  text: 'The copy of your data that you asked for is ready. You can fetch it for 7 days.',
  exportId: handle('exp', referenceId ?? ''),
  expiresAt: new Date(String(data['expiresAt'])),
}));
