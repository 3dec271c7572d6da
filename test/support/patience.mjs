import { jest } from '@jest/globals';

// Whole-system tests start servers and databases. (jest ignores testTimeout in one of several projects.)
jest.setTimeout(60_000);
