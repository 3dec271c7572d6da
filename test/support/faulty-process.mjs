/**
 * Loaded before a program by `node --import`: plants into its statements the faults that the file of PLANTED_FAULTS names
 * at the moment, so that a test plants and heals them in processes that run.
 */
import { readFileSync } from 'node:fs';
import { FAULTS, plantFault } from './plant-fault.ts';

const file = process.env.PLANTED_FAULTS ?? '';

plantFault((sql) =>
  readFileSync(file, 'utf8')
    .split(' ')
    .filter(Boolean)
    .reduce((faulty, name) => FAULTS[name](faulty), sql),
);
