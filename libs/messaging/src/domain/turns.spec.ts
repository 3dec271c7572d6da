import { describe, expect, it } from '@jest/globals';
import { orderOfClaim, PRIORITIES } from './turns.js';

describe('the order of claims', () => {
  const orders = Array.from({ length: 100 }, (_, nr) => orderOfClaim(nr));

  it('asks every priority in every claim, and what does not lead by its rank', () => {
    expect(new Set(orders.map((order) => order.join()))).toEqual(
      new Set([
        'AUTHENTICATION,SERVICE,MARKETING',
        'SERVICE,AUTHENTICATION,MARKETING',
        'MARKETING,AUTHENTICATION,SERVICE',
      ]),
    );
  });

  it('reserves a fifth of the claims for SERVICE and a tenth for MARKETING', () => {
    const led = PRIORITIES.map((priority) => orders.filter(([leader]) => leader === priority).length);
    expect(led).toEqual([70, 20, 10]);
  });

  it('lets AUTHENTICATION lead at least every second claim', () => {
    const leads = orders.map(([leader]) => leader === 'AUTHENTICATION');
    expect(leads.some((leading, nr) => !leading && leads[nr + 1] === false)).toBe(false);
  });
});
