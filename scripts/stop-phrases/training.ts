import { randomOf } from './random.ts';

/** What is learned from. */
export interface Example {
  features: Uint32Array;
  stop: boolean;
  /** How much it counts. */
  counts: number;
}

/** How dear a mistake is, against weights that grow; rounds, after which nothing changes any more that a byte would show. */
const [PRICE, ROUNDS] = [4, 12];

/**
 * A linear support-vector machine with squared hinge loss, by dual coordinate descent (https://doi.org/10.1145/1390156.1390208):
 * additions and multiplications in one order alone, so that every machine comes to the same weights.
 */
export function train(examples: readonly Example[], size: number): Float64Array {
  const weights = new Float64Array(size);
  const scales = examples.map(({ features }) => 1 / Math.sqrt(features.length));
  const slack = examples.map(({ counts }) => 0.5 / (PRICE * counts));
  const alphas = new Float64Array(examples.length);
  const order = examples.map((_, at) => at);
  const random = randomOf(12_345);
  for (let round = 0; round < ROUNDS; round += 1) {
    shuffle(order, random);
    for (const at of order) {
      const { features, stop } = examples[at] as Example;
      const [scale, soft, alpha] = [scales[at] ?? 0, slack[at] ?? 0, alphas[at] ?? 0];
      const side = stop ? 1 : -1;
      let sum = 0;
      for (const feature of features) sum += weights[feature] ?? 0;
      const gradient = side * sum * scale - 1 + soft * alpha;
      const next = Math.max(alpha - gradient / (scale * scale * features.length + soft), 0);
      if (next === alpha) continue;
      alphas[at] = next;
      const step = (next - alpha) * side * scale;
      for (const feature of features) weights[feature] = (weights[feature] ?? 0) + step;
    }
  }
  return weights;
}

/** How far on the side of stops a message is. */
export function scoreBy(weights: Float64Array, features: Uint32Array): number {
  let sum = 0;
  for (const feature of features) sum += weights[feature] ?? 0;
  return sum / Math.sqrt(features.length);
}

/** Fisher and Yates. */
function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
}
