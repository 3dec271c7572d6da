import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { BusinessViewer } from '@assent/accounts';
import { CurrentViewer, Permission } from '@assent/platform';
import { MatchContacts } from '../../use-cases/match-contacts.js';
import { toMatchContactsResult } from './match.presenter.js';
import { MatchContactsInput, MatchContactsResult } from './match.types.js';

/** Matching. */
@Resolver()
export class MatchResolver {
  constructor(private readonly matching: MatchContacts) {}

  @Permission('contacts:match')
  @Mutation(() => MatchContactsResult, {
    description:
      'Looks for up to 10,000 of your customers by their numbers. People who are on the platform and allow MATCHING become your `contacts`; the answer does not say who they are: unknown, stopped and unreachable numbers are answered alike. Different numbers count against your match budget for 24 hours and for 30 days; asking for the same number again inside a window is free. A number that you match again under another external id takes that one on, and an external id belongs to the number that it was last matched with. With a key of test mode only test numbers are anybody’s, at most 100 a call. Refusals: MATCH_BUDGET, BUSINESS_NOT_VERIFIED, BUSINESS_SUSPENDED.',
  })
  async matchContacts(@CurrentViewer() viewer: BusinessViewer, @Args('input') input: MatchContactsInput) {
    return toMatchContactsResult(await this.matching.execute(viewer, input));
  }
}
