import { Extensions } from '@nestjs/graphql';

/** What a field costs where its type and arguments do not say it. */
export interface FieldCost {
  /** Units each time; by default 10 for a mutation or a subscription and 1 for everything else that is an object. */
  base?: number;
  /** Units for each entry of the lists in its arguments, by default 1. */
  perEntry?: number;
}

const COST = 'cost';

/** Declares what an operation or field costs: for what calls out, computes or writes more than most. */
export const Cost = (cost: FieldCost) => Extensions({ [COST]: cost });

/** What was declared for a field. */
export function declaredCost(extensions: Readonly<Record<string, unknown>>): FieldCost {
  return (extensions[COST] as FieldCost | undefined) ?? {};
}
