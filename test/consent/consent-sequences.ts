import fc from 'fast-check';
import { type Act, PURPOSES, type Purpose, type Rules } from './reference-model.js';

/** Moments at which things happen in a story, and of what is published in it. */
export const MOMENTS = 5;

/** One thing that happens to one person, and at which moment. Businesses are numbered; null: all of them. */
export interface Step {
  moment: number;
  act: Act['act'];
  business: 0 | 1 | null;
  purpose: Purpose | null;
  /** Who stops: the person themselves in their app or otherwise, or somebody on what they were told. */
  actor: 'PERSON' | 'BUSINESS' | 'OPERATOR' | 'PLATFORM';
  source: string;
  evidence: 'WEB_FORM' | 'PAPER_FORM';
  /** How long before the moment the imported opt-in was given. */
  givenDaysAgo: number;
}

/** A version of the policy, in the order in which they are published. */
export interface Version {
  /** The moment from which it holds; a later version that holds by then wins. */
  from: number;
  rules: Partial<Rules>;
}

/** Time and policy that many people live through together. */
export interface Story {
  /** Days between one moment and the next. */
  gaps: number[];
  versions: Version[];
}

const mostly = <Value>(common: Value[], rare: Value[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...common) },
    { weight: 1, arbitrary: fc.constantFrom(...rare) },
  );
const purpose = mostly<Purpose>(['MARKETING', 'SERVICE'], [...PURPOSES]);
const business = fc.constantFrom<0 | 1>(0, 0, 0, 1);
const anyBusiness = fc.constantFrom<0 | 1 | null>(0, 0, 1, null);
const anyPurpose = fc.option(purpose, { freq: 2 });

const step = fc
  .record({
    moment: fc.nat(MOMENTS - 1),
    act: fc.constantFrom<Act['act'][]>(
      ...([
        'STOP',
        'STOP',
        'STOP',
        'ALLOW',
        'ALLOW',
        'LIFT',
        'LIFT',
        'IMPORT',
        'IMPORT',
        'BLOCK',
        'UNBLOCK',
      ] as const),
    ),
    actor: mostly<Step['actor']>(['PERSON'], ['BUSINESS', 'OPERATOR', 'PLATFORM']),
    source: mostly(['app'], ['keyword', 'free-text', 'link']),
    evidence: mostly<Step['evidence']>(['WEB_FORM'], ['PAPER_FORM']),
    givenDaysAgo: fc.oneof(fc.integer({ min: -1, max: 5 }), fc.integer({ min: 0, max: 60 })),
  })
  .chain((common) => {
    const isBlock = common.act === 'BLOCK' || common.act === 'UNBLOCK';
    const isImport = common.act === 'IMPORT';
    const scope = {
      business: isBlock || isImport ? business : anyBusiness,
      // Nobody but the person opts in to being found.
      purpose: isBlock
        ? fc.constant(null)
        : isImport
          ? purpose.filter((one) => one !== 'MATCHING')
          : anyPurpose,
    };
    return fc.record(scope).map((where): Step => ({ ...common, ...where }));
  });

/** What happens to one person, in order. */
export const sequence = fc
  .array(step, { minLength: 1, maxLength: 9 })
  .map((steps) => steps.toSorted((one, other) => one.moment - other.moment));

const rule = (one: Purpose) =>
  fc
    .record({
      basis: fc.constantFrom('OPT_IN' as const, 'OPT_OUT' as const),
      days: fc.option(fc.integer({ min: 1, max: 60 }), { freq: 2 }),
      evidence:
        one === 'MATCHING'
          ? fc.constant<string[]>([])
          : mostly<string[]>([['WEB_FORM', 'PAPER_FORM']], [['PAPER_FORM'], []]),
    })
    .map(({ basis, days, evidence }) => ({ basis, validDays: basis === 'OPT_IN' ? days : null, evidence }));

/** What the policy has a rule for; for the rest the row of every other country holds. */
const rules: fc.Arbitrary<Partial<Rules>> = fc.record(
  Object.fromEntries(PURPOSES.map((one) => [one, rule(one)])) as {
    [one in Purpose]: ReturnType<typeof rule>;
  },
  { requiredKeys: ['MARKETING'] },
);

export const story: fc.Arbitrary<Story> = fc.record({
  gaps: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: MOMENTS - 1, maxLength: MOMENTS - 1 }),
  versions: fc
    .tuple(
      fc.record({ from: fc.constant(0), rules }),
      fc.array(fc.record({ from: fc.nat(MOMENTS - 1), rules }), { minLength: 1, maxLength: 3 }),
    )
    .map(([first, others]) => [first, ...others]),
});
