import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import { planFeed } from '../domain/feed-plan.js';
import { FeedStore } from '../persistence/feed.store.js';

const FEEDS_A_ROUND = 20;

/** Makes events into deliveries, for each endpoint as far as it has room; for the worker. Any number may do so at a time. */
@Injectable()
export class FeedEndpoints {
  constructor(
    private readonly database: Database,
    private readonly feeds: FeedStore,
  ) {}

  /**
   * One step of up to 20 feeds. That an event was made into a delivery and that the feed stands behind it commit together,
   * so a crash leaves none out.
   * @returns false where none could be moved
   */
  async execute(): Promise<boolean> {
    return this.database.transaction({ role: 'engine' }, async (tx) => {
      const feeds = await this.feeds.lockDue(tx, FEEDS_A_ROUND);
      let moved = false;
      for (const feed of feeds) {
        // Two feeds of one endpoint share its room, so each is loaded after the one before was recorded.
        const { events, more, room } = await this.feeds.load(tx, feed);
        const step = planFeed(feed, events, room, more);
        moved ||= step.ended || step.position !== feed.position;
        await this.feeds.record(tx, feed, step);
      }
      return moved;
    });
  }
}
