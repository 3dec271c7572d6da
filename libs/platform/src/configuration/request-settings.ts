import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { setting, whole } from './setting.js';

const units = (who: string, byDefault: number) =>
  setting(
    `is how many units of cost a minute ${who} may use, from 100 to 1000000000`,
    String(byDefault),
    whole(100, 1_000_000_000, byDefault),
  );

const most = (what: string, from: number, to: number, byDefault: number) =>
  setting(`is ${what}, from ${from} to ${to}`, String(byDefault), whole(from, to, byDefault));

/** How much may be asked at once, how much a minute, and whose word about addresses is believed. */
export const REQUEST_SETTINGS = {
  TRUSTED_PROXIES: setting(
    'is a list of addresses or CIDR ranges of the proxies in front of this platform, whose X-Forwarded-For is believed',
    '10.0.0.0/8,2001:db8::/32',
    z
      .string()
      .max(10_000)
      .default('')
      .transform((list) => list.split(',').flatMap((entry) => entry.trim() || []))
      .refine((entries) => entries.every((entry) => ipaddr.isValid(entry) || ipaddr.isValidCIDR(entry))),
  ),
  REQUEST_UNITS_KEY: units('an API key', 1_000_000),
  REQUEST_UNITS_MEMBER: units("a member's session", 60_000),
  REQUEST_UNITS_PERSON: units('a person', 30_000),
  REQUEST_UNITS_ADMIN: units('an admin', 60_000),
  REQUEST_UNITS_ADDRESS: setting(
    'is how many units of cost a minute an address may use from which nobody is signed in, from 100 to 1000000000; by default 3000 in production and 1000000 elsewhere, where everybody comes from one machine',
    '3000',
    z
      .string()
      .regex(/^\d{3,10}$/)
      .transform(Number)
      .refine((value) => value >= 100 && value <= 1_000_000_000)
      .optional(),
  ),
  REQUEST_UNITS_CARRIER: units('a carrier that hands in what people answer', 1_000_000),
  GRAPHQL_MOST_COST: most('the highest cost of one operation', 100, 1_000_000, 50_000),
  GRAPHQL_MOST_DEPTH: most('how many fields deep a document may go', 3, 100, 12),
  GRAPHQL_MOST_ROOT_FIELDS: most('how many fields an operation may have at its root', 1, 1_000, 20),
  GRAPHQL_MOST_ALIASES: most('how many aliases a document may have', 0, 1_000, 30),
  GRAPHQL_MOST_DIRECTIVES: most('how many directives a document may have', 0, 1_000, 30),
  GRAPHQL_MOST_TOKENS: most('how many tokens a document may have', 100, 100_000, 2_000),
  SUBSCRIPTION_CONNECTIONS: most(
    'how many WebSocket connections a viewer may have to one process',
    1,
    100_000,
    50,
  ),
  SUBSCRIPTIONS_PER_CONNECTION: most(
    'how many operations may run on one WebSocket connection at a time',
    1,
    1_000,
    20,
  ),
} as const;
