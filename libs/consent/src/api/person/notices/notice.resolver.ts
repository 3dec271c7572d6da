import { Args, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import type { PersonViewer } from '@assent/people';
import {
  CurrentViewer,
  Handles,
  type IdPrefix,
  mapEach,
  PageArgs,
  Permission,
  toConnection,
} from '@assent/platform';
import { ReadNotices, type ToldNotice } from '../../../use-cases/read-notices.js';
import { noticeKinds, presentNotice } from './notice-kinds.js';
import { MarkNoticesReadInput, MarkNoticesReadPayload, Notice, NoticeConnection } from './notice.types.js';

/** What the platform tells a person. */
@Resolver()
export class NoticeResolver {
  constructor(
    private readonly read: ReadNotices,
    private readonly handles: Handles,
  ) {}

  @Permission('person')
  @Query(() => NoticeConnection, {
    description: 'What the platform itself told you in the last 400 days, newest first.',
  })
  async notices(@CurrentViewer() viewer: PersonViewer, @Args() page: PageArgs): Promise<NoticeConnection> {
    const { first, notices } = await this.read.page(viewer, noticeKinds(), page);
    return toConnection(notices, first, this.presentTo(viewer), ({ seq }) => String(seq));
  }

  @Permission('person')
  @Subscription(() => Notice, {
    description:
      'What the platform tells you, as it does, in order. With `after` it begins behind that cursor, so that a dropped ' +
      'connection misses nothing; without, with what comes from now on.',
    resolve: (notice: Notice) => notice,
  })
  async noticeReceived(
    @CurrentViewer() viewer: PersonViewer,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<AsyncGenerator<Notice, void>> {
    return mapEach(await this.read.follow(viewer, noticeKinds(), after), this.presentTo(viewer));
  }

  @Permission('person')
  @Mutation(() => MarkNoticesReadPayload, {
    description: 'Says that you have read notices. Never refused; repeating it is harmless.',
  })
  async markNoticesRead(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input') input: MarkNoticesReadInput,
  ): Promise<MarkNoticesReadPayload> {
    return { read: await this.read.markRead(viewer, input) };
  }

  private presentTo({ personId }: PersonViewer): (notice: ToldNotice) => Notice {
    const handle = (prefix: IdPrefix, id: string) => this.handles.seal(`person:${personId}`, prefix, id);
    return (notice) => presentNotice(notice, handle);
  }
}
