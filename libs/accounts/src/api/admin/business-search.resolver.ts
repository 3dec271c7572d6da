import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { PageArgs, Permission, publicId, toConnection } from '@assent/platform';
import { SearchBusinesses } from '../../use-cases/search-businesses.js';
import {
  BusinessSearchArgs,
  FoundBusiness,
  FoundBusinessConnection,
  toFoundBusiness,
} from './business-search.types.js';

/** The operator looks businesses up. */
@Resolver()
export class BusinessSearchResolver {
  constructor(private readonly search: SearchBusinesses) {}

  @Permission('businesses:read')
  @Query(() => FoundBusinessConnection, {
    description: 'Businesses that match everything that is given, whatever their state is, by name.',
  })
  async businesses(
    @Args() filter: BusinessSearchArgs,
    @Args() page: PageArgs,
  ): Promise<FoundBusinessConnection> {
    const { name, domain, status } = filter;
    const found = await this.search.page({ name, domain, status }, page);
    return toConnection(found, page.first, toFoundBusiness, ({ business }) => publicId('biz', business.id));
  }

  @Permission('businesses:read')
  @Query(() => FoundBusiness, {
    nullable: true,
    description: 'The business that has an id; null: there is none.',
  })
  async business(
    @Args('id', { type: () => ID, description: '`biz_…`' }) id: string,
  ): Promise<FoundBusiness | null> {
    const found = await this.search.byHandle(id);
    return found && toFoundBusiness(found);
  }
}
