import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { PersonViewer } from '@assent/people';
import { Cost, CurrentViewer, Permission, Public, publicId } from '@assent/platform';
import { EraseMe } from '../../use-cases/erase-me.js';
import { ReadErasure } from '../../use-cases/read-erasure.js';
import { EraseMeInput, EraseMePayload, Erasure } from './erasure.types.js';

/** The end of a person here. */
@Resolver(() => Erasure)
export class ErasureResolver {
  constructor(
    private readonly erase: EraseMe,
    private readonly read: ReadErasure,
  ) {}

  @Permission('person')
  @Cost({ base: 100 })
  @Mutation(() => EraseMePayload, {
    description:
      'Erases you, at once and for good (GDPR art. 17). When it answers, every session and device of yours is dead, nothing ' +
      'that was queued for you will arrive, no business can find or message you, and nobody can open your messages. What is ' +
      'left is removed within minutes. Should you prove the same number again, you begin with nothing. Export first what ' +
      'you want to keep.',
  })
  async eraseMe(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input') input: EraseMeInput,
  ): Promise<EraseMePayload> {
    const { erasureId, token, askedAt } = await this.erase.execute(viewer, input);
    return { erasureId: publicId('ers', erasureId), token, askedAt };
  }

  @Public()
  @Cost({ base: 10 })
  @Query(() => Erasure, {
    nullable: true,
    description:
      'An erasure, by the token that eraseMe answered; null where there is none such. Needs no session.',
  })
  async erasure(@Args('token') token: string): Promise<Erasure | null> {
    const erasure = await this.read.execute(token);
    if (!erasure) return null;
    return {
      ...erasure,
      id: publicId('ers', erasure.id),
      status: erasure.doneAt ? 'DONE' : 'ERASING',
      stores: erasure.stores.map(({ why, ...store }) => ({ ...store, why: why ?? null })),
    };
  }
}
