import {
  Args,
  Context,
  Field,
  GraphQLISODateTime,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Parent,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { type BusinessViewer, Refused, toRefusal } from '@assent/accounts';
import { Contact } from '@assent/matching';
import {
  CurrentViewer,
  loaderOf,
  Permission,
  Refusal,
  type RequestContext,
  resultUnion,
} from '@assent/platform';
import { BlockContact } from '../../use-cases/block-contact.js';

/** Input of blockContact and unblockContact. */
@InputType()
export class BlockContactInput {
  @Field(() => ID, { description: 'One of your contacts, `ctc_…`.' })
  contact!: string;
}

/** The contact is as was asked for. */
@ObjectType()
export class BlockContactPayload {
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Since when it is blocked; null: it is not.',
  })
  blockedAt!: Date | null;

  @Field(() => Boolean, { description: 'False: it was so already, and there is no event.' })
  changed!: boolean;
}

/** Nothing was done. */
@ObjectType({
  implements: () => [Refusal],
  description: '`CONTACT_UNKNOWN`: this is not one of your contacts.',
})
export class ContactNotBlocked extends Refusal {}

export const BlockContactResult = resultUnion('BlockContactResult', [BlockContactPayload, ContactNotBlocked]);

/** Contacts that a business wants to have nothing to do with. */
@Resolver(() => Contact)
export class BlockResolver {
  constructor(private readonly block: BlockContact) {}

  @Permission('conversations:manage')
  @Mutation(() => BlockContactResult, {
    description:
      'Blocks a contact: no message goes either way from the answer on. What was queued for them ends SUPPRESSED with `BLOCKED_BY_YOU`; what they write is refused, and they are told so. Their consents and stops stay as they are. Refusals: `CONTACT_UNKNOWN`.',
  })
  blockContact(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') { contact }: BlockContactInput,
  ): Promise<typeof BlockContactResult> {
    return this.set(viewer, contact, true);
  }

  @Permission('conversations:manage')
  @Mutation(() => BlockContactResult, {
    description:
      'Takes your block of a contact back. It brings back nothing that ended. Refusals: `CONTACT_UNKNOWN`.',
  })
  unblockContact(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') { contact }: BlockContactInput,
  ): Promise<typeof BlockContactResult> {
    return this.set(viewer, contact, false);
  }

  @ResolveField(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Since when you block them (UTC); null: you do not. Whether they block you is in `consent`.',
  })
  async blockedAt(
    @Parent() { contactId }: Contact,
    @CurrentViewer() viewer: BusinessViewer,
    @Context() context: RequestContext,
  ): Promise<Date | null> {
    const load = (ids: string[]) => this.block.times(viewer, ids);
    return (await loaderOf(context, this.block, load).load(contactId)) ?? null;
  }

  private async set(
    viewer: BusinessViewer,
    contact: string,
    block: boolean,
  ): Promise<typeof BlockContactResult> {
    const outcome = await this.block.execute(viewer, contact, block);
    if (outcome instanceof Refused) return toRefusal(ContactNotBlocked, outcome);
    const { blockedAt, changed } = outcome;
    return Object.assign(new BlockContactPayload(), { blockedAt, changed });
  }
}
