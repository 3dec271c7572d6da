import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { PersonViewer } from '@assent/people';
import { CurrentViewer, Handles, PageArgs, Permission, toConnection } from '@assent/platform';
import { PURPOSES } from '../../domain/purpose.js';
import { ChangeConsent } from '../../use-cases/change-consent.js';
import { ReadConsents } from '../../use-cases/read-consents.js';
import { ReadPolicy } from '../../use-cases/read-policy.js';
import { toConsent, toConsentEvent, toPayload } from './consent.presenter.js';
import {
  AllowInput,
  AllowPayload,
  BlockInput,
  BlockPayload,
  ConsentConnection,
  ConsentDefault,
  ConsentEventConnection,
  StopAllInput,
  StopAllPayload,
  StopInput,
  StopPayload,
  UnblockInput,
  UnblockPayload,
} from './consent.types.js';

/** A person's consent, as they see and change it. */
@Resolver()
export class ConsentResolver {
  constructor(
    private readonly change: ChangeConsent,
    private readonly read: ReadConsents,
    private readonly policy: ReadPolicy,
    private readonly handles: Handles,
  ) {}

  @Permission('person')
  @Query(() => ConsentConnection, {
    description: 'Everything that you allowed, stopped or blocked and that still stands, newest first.',
  })
  async consents(@CurrentViewer() viewer: PersonViewer, @Args() page: PageArgs): Promise<ConsentConnection> {
    const { first, rows } = await this.read.standing(viewer, page);
    return toConnection(rows, first, toConsent, ({ id }) =>
      this.handles.seal(`person:${viewer.personId}`, 'evt', id),
    );
  }

  @Permission('person')
  @Query(() => [ConsentDefault], {
    description: 'What holds in your country now, for each purpose, while you have said nothing about it.',
  })
  async consentDefaults(@CurrentViewer() viewer: PersonViewer): Promise<ConsentDefault[]> {
    const { version, rules } = await this.policy.forPerson(viewer);
    return PURPOSES.map((purpose) => ({ purpose, ...rules[purpose], policyVersion: version }));
  }

  @Permission('person')
  @Query(() => ConsentEventConnection, {
    description: 'Your consent ledger: everything that was ever said, newest first.',
  })
  async consentHistory(
    @CurrentViewer() viewer: PersonViewer,
    @Args() page: PageArgs,
  ): Promise<ConsentEventConnection> {
    const { first, rows } = await this.read.history(viewer, page);
    return toConnection(
      rows,
      first,
      (entry) => toConsentEvent(this.handles, entry),
      ({ seq }) => String(seq),
    );
  }

  @Permission('person')
  @Mutation(() => StopPayload, {
    description:
      'Stops a business, a purpose, a purpose of one business, or, with nothing named, everything. From the answer on, ' +
      'nothing that it covers becomes visible to you, whatever was queued or on its way. Only you can lift it. Never ' +
      'refused; repeating it is harmless.',
  })
  async stop(@CurrentViewer() viewer: PersonViewer, @Args('input') input: StopInput): Promise<StopPayload> {
    return toPayload(this.handles, await this.change.stop(viewer, input));
  }

  @Permission('person')
  @Mutation(() => StopAllPayload, {
    description:
      'Stops 1 to 50 scopes together, each as `stop` does: all of them hold from the answer on, or none does. Never ' +
      'refused; repeating it is harmless.',
  })
  async stopAll(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input') input: StopAllInput,
  ): Promise<StopAllPayload> {
    const records = await this.change.stopAll(viewer, input);
    return { stops: records.map((record) => toPayload(this.handles, record)) };
  }

  @Permission('person')
  @Mutation(() => AllowPayload, {
    description:
      'Lifts your stop of this very scope, and no other. With a purpose it is also your opt-in to that purpose. Any ' +
      'other stop or block that stands still wins.',
  })
  async allow(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input') input: AllowInput,
  ): Promise<AllowPayload> {
    return toPayload(this.handles, await this.change.allow(viewer, input));
  }

  @Permission('person')
  @Mutation(() => BlockPayload, {
    description: 'Blocks a business: nothing of it reaches you, for any purpose, until you unblock it.',
  })
  async block(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input') input: BlockInput,
  ): Promise<BlockPayload> {
    return toPayload(this.handles, await this.change.block(viewer, input));
  }

  @Permission('person')
  @Mutation(() => UnblockPayload, {
    description: 'Lifts your block of a business. Your stops stay, and it is no opt-in to anything.',
  })
  async unblock(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input') input: UnblockInput,
  ): Promise<UnblockPayload> {
    return toPayload(this.handles, await this.change.unblock(viewer, input));
  }
}
