import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { PersonViewer } from '@assent/people';
import { CurrentViewer, Permission } from '@assent/platform';
import { ChangePreferences } from '../../use-cases/change-preferences.js';
import { Preferences, SetPreferencesInput, SetPreferencesPayload } from './preferences.types.js';

/** When, and how much, a person wants to be messaged. */
@Resolver()
export class PreferencesResolver {
  constructor(private readonly change: ChangePreferences) {}

  @Permission('person')
  @Query(() => Preferences, { description: 'When, and how much, you want to be messaged.' })
  async preferences(@CurrentViewer() viewer: PersonViewer): Promise<Preferences> {
    return this.change.read(viewer);
  }

  @Permission('person')
  @Mutation(() => SetPreferencesPayload, {
    description:
      'Changes when, and how much, you want to be messaged. It holds from the answer on, also for what is queued; what ' +
      'waits and no longer has to becomes visible at once. Never refused; repeating it is harmless.',
  })
  async setPreferences(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input') input: SetPreferencesInput,
  ): Promise<SetPreferencesPayload> {
    return { preferences: await this.change.execute(viewer, input) };
  }
}
