import type { TestPlatform } from '../platform.js';
import { HELD } from './admins.js';
import type { Outcome } from './limits.js';

/** A kill switch as admins see it. */
export interface TestSwitch {
  id: string;
  kind: string;
  businessId: string | null;
  templateId: string | null;
  carrier: string | null;
  reason: string;
  setBy: string;
  setAt: string;
  endsAt: string | null;
  endedAt: string | null;
  endReason: string | null;
}

const SWITCH = 'id kind businessId templateId carrier reason setBy setAt endsAt endedAt endReason';

/** Sets a kill switch as the first admin, or says why not. */
export async function trySwitchOff(
  platform: TestPlatform,
  input: Record<string, unknown>,
): Promise<Outcome<'killSwitch', TestSwitch>> {
  const { setKillSwitch } = await platform.admin().do(
    `mutation ($input: SetKillSwitchInput!) { setKillSwitch(input: $input) {
      __typename ... on KillSwitchPayload { killSwitch { ${SWITCH} } } ... on Refusal { reason } ${HELD}
    } }`,
    { input: { reason: 'A link was taken over.', ...input } },
  );
  return setKillSwitch;
}

/** Sets a kill switch as the first admin. */
export async function switchOff(platform: TestPlatform, input: Record<string, unknown>): Promise<TestSwitch> {
  const { killSwitch, reason } = await trySwitchOff(platform, input);
  if (!killSwitch) throw new Error(`Switching off was refused: ${reason}`);
  return killSwitch;
}

/** Lifts a kill switch as the first admin. */
export async function switchOn(
  platform: TestPlatform,
  killSwitch: string,
): Promise<Outcome<'killSwitch', TestSwitch>> {
  const { liftKillSwitch } = await platform.admin().do(
    `mutation ($input: LiftKillSwitchInput!) { liftKillSwitch(input: $input) {
      __typename ... on KillSwitchPayload { killSwitch { ${SWITCH} } } ... on Refusal { reason } ${HELD}
    } }`,
    { input: { switch: killSwitch, reason: 'It is mended.' } },
  );
  return liftKillSwitch;
}

/** Kill switches, newest first. */
export async function switches(platform: TestPlatform, inForce = false): Promise<TestSwitch[]> {
  const { killSwitches } = await platform
    .admin()
    .do(`query ($inForce: Boolean!) { killSwitches(inForce: $inForce) { nodes { ${SWITCH} } } }`, {
      inForce,
    });
  return killSwitches.nodes;
}
