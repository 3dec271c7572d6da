import { jest } from '@jest/globals';

// Whole-system tests start servers and databases, on slow and busy machines, too: what hangs is to end some time, and
// nothing that is only slow is to fail. (jest ignores testTimeout in one of several projects.)
jest.setTimeout(180_000);
