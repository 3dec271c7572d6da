import { write } from '../support/builders/conversations.js';
import { customersWith, match } from '../support/builders/matching.js';
import { aPhone } from '../support/builders/people.js';
import { createTemplate } from '../support/builders/templates.js';
import {
  DAILY_CAP,
  type LimitRace,
  MATCH,
  MOST,
  PAIR,
  REACH,
  SAMPLE,
  SENDER,
  SENDERS,
  THROUGHPUT,
  UNITS,
  WEEKLY_CAP,
} from './limit-races.js';

const COST = 10;
/** Requests by which each process but one may overdraw a budget: a twentieth of it. */
const OVERDRAWN = UNITS / 20 / COST;

/** Every limit there is. */
export const LIMITS: readonly LimitRace[] = [
  {
    name: 'the reach tier',
    most: MOST,
    faults: ['withoutLocks'],
    begin: async (races) => {
      await races.sql('DELETE FROM reach_place');
      await races.sql('UPDATE business_guard SET reach_used = 0');
      await races.sql('UPDATE contact_state SET reach_taken_at = NULL');
      return (at) => races.sends(at, REACH, at);
    },
  },
  {
    name: 'throughput',
    most: MOST,
    faults: ['withoutLocks'],
    begin: async (races) => {
      await races.sql('UPDATE business_guard SET throughput_tat = NULL');
      return (at) => races.sends(at, THROUGHPUT, at);
    },
  },
  {
    name: 'the pair limit',
    most: MOST,
    faults: ['withoutLocks'],
    begin: async (races) => {
      await races.sql('UPDATE contact_state SET pair_tat = NULL');
      return (at) => races.sends(at, PAIR, 0);
    },
  },
  {
    name: 'the sample of a new template',
    most: MOST,
    faults: ['withoutLocks'],
    begin: async (races) => {
      await races.sql('DELETE FROM template_sample');
      return (at) => races.sends(at, SAMPLE, at);
    },
  },
  {
    name: 'what a person may write to a business',
    most: MOST,
    faults: ['withoutLocks'],
    begin: async (races) => {
      await races.sql('UPDATE contact_state SET write_tat = NULL');
      return async (at) => {
        const person = races.client(at, 'person', races.writer.token);
        const { __typename } = await write(person, races.business(SENDER).id, 'Is it on its way?');
        return __typename === 'WriteToBusinessPayload';
      };
    },
  },
  {
    name: 'the match budget',
    most: MOST,
    faults: ['withoutLocks'],
    begin: async (races) => {
      await races.sql('DELETE FROM match_spend');
      await races.sql('UPDATE match_budget SET day_used = 0, month_used = 0');
      return async (at) => {
        const business = races.client(at, 'business', races.business(MATCH).apiKey);
        return (await match(business, customersWith([aPhone()]))).results !== undefined;
      };
    },
  },
  {
    name: 'the number of templates',
    most: MOST,
    faults: ['withoutLocks'],
    begin: async (races) => {
      await races.almostAllTemplates(races.business(SENDER));
      return async (at) => {
        const business = races.client(at, 'business', races.business(SENDER).apiKey);
        return (await createTemplate(business)).template !== undefined;
      };
    },
  },
  {
    name: 'a person’s marketing cap in 24 hours',
    most: DAILY_CAP,
    faults: ['withoutLocks', 'slowly'],
    dispatched: 'AT_ONCE',
    begin: async (races) => {
      races.nextPerson();
      return (at) => races.sendsToPerson(at, 'MARKETING', at % SENDERS);
    },
  },
  {
    name: 'a person’s interruption budget',
    most: DAILY_CAP,
    faults: ['withoutLocks', 'slowly'],
    dispatched: 'AT_ONCE',
    begin: async (races) => {
      const { lane, personId } = races.nextPerson();
      await races.sql(
        'INSERT INTO person_preference (lane, person_id, interruption_cap) VALUES ($1, $2, $3)',
        [lane, personId, DAILY_CAP],
      );
      return (at) => races.sendsToPerson(at, 'SERVICE', at % SENDERS);
    },
  },
  {
    name: 'a person’s marketing cap of one business in 7 days',
    most: WEEKLY_CAP,
    // A conversation is dispatched by one worker at a time: by its claim, and behind that by the guard of its person.
    faults: ['withoutLocks', 'withoutClaims', 'slowly'],
    dispatched: 'AS_IT_COMES',
    begin: async (races) => {
      races.nextPerson();
      return (at) => races.sendsToPerson(at, 'MARKETING', 0);
    },
  },
  {
    name: 'the budget of requests',
    most: UNITS / COST,
    bound: UNITS / COST + 3 * OVERDRAWN,
    faults: ['withoutAddingUp'],
    begin: async (races) => {
      const token = await races.memberToken();
      return async (at) => {
        const member = races.client(at, 'business', token);
        const { status } = await member.raw(`{ messages(first: ${COST - 1}) { nodes { id } } }`);
        return status === 200;
      };
    },
  },
];
