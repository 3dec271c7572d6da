export { judgePair, type PairLimit, type PairVerdict } from './domain/pair-limit.js';
export {
  judgeReach,
  placesOf,
  REACH_TIERS,
  REACH_WINDOW_MS,
  type ReachFacts,
  type ReachTier,
  type ReachVerdict,
} from './domain/reach.js';
