import { type Statement, unseen } from '@assent/platform';
import { DECIDING } from './kill-switch-lock.js';

/** People, as parallel columns for unnest. */
export interface PeopleKeys {
  lanes: number[];
  ids: string[];
}

/** The guards of `PeopleKeys`. */
export const ASKED_PEOPLE = `unnest(${unseen(1, 'smallint')}, ${unseen(2, 'uuid')}) AS asked (lane, person_id)
  JOIN person_guard g ON g.lane = asked.lane AND g.person_id = asked.person_id`;

/** The people of claims, each once. */
export function peopleOf(claims: readonly { lane: number; personId: string }[]): PeopleKeys {
  const people = new Map(claims.map(({ lane, personId }) => [personId, lane]));
  return { lanes: [...people.values()], ids: [...people.keys()] };
}

/** Takes the locks of a decision about people: ordered, as every writer does. */
export function lockPeople({ lanes, ids }: PeopleKeys): Statement {
  return {
    name: 'lock-people',
    text: `SELECT FROM ${ASKED_PEOPLE} WHERE ${DECIDING} ORDER BY g.lane, g.person_id FOR NO KEY UPDATE OF g`,
    values: [lanes, ids],
  };
}
