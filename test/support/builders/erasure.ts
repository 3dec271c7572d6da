import type { TestPlatform } from '../platform.js';
import { until } from '../until.js';
import type { TestPerson } from './people.js';

/** An erasure as its token shows it. */
export interface TestErasure {
  id: string;
  status: 'ERASING' | 'DONE';
  askedAt: string;
  doneAt: string | null;
  conversationsLeft: number;
  stores: { store: string; what: string; rows: number; why: string | null }[];
  proof: string | null;
}

/** An erasure that is done. */
export type FinishedErasure = TestErasure & { doneAt: string; proof: string };

/** A person erases themselves. */
export async function eraseMe({
  api,
}: TestPerson): Promise<{ erasureId: string; token: string; askedAt: string }> {
  const { eraseMe: begun } = await api.do(
    'mutation { eraseMe(input: { confirm: "ERASE" }) { erasureId token askedAt } }',
  );
  return begun;
}

/** What the token of an erasure shows, to somebody who is not signed in. */
export async function erasureBy(platform: TestPlatform, token: string): Promise<TestErasure | null> {
  const { erasure } = await platform.person().do(
    `query ($token: String!) { erasure(token: $token) {
      id status askedAt doneAt conversationsLeft stores { store what rows why } proof
    } }`,
    { token },
  );
  return erasure;
}

/** Waits until nothing is left of a person. */
export async function erased(platform: TestPlatform, token: string): Promise<FinishedErasure> {
  return until('the erasure is done', async () => {
    const erasure = await erasureBy(platform, token);
    return erasure?.status === 'DONE' && (erasure as FinishedErasure);
  });
}
