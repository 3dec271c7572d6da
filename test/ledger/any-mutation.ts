import { type IdPrefix, publicId, uuid7 } from '@assent/platform';
import { OperationTypeNode } from 'graphql';
import { sensible } from '../attacks/probes.js';
import { type AnyOperation, anyOperation, schemaOf } from '../support/any-operation.js';
import { EVERY_OTHER } from '../support/builders/policy.js';

/** What the audit log does not keep: written out again, so that a change of it has to be meant twice. */
export const UNLOGGED = {
  admin: ['requestAdminSignInCode', 'signInAdmin'],
  business: [
    'beginSingleSignOn',
    'completeSingleSignOn',
    'registerBusiness',
    'requestSignInCode',
    'sendMessage',
    'sendMessages',
    'signIn',
  ],
};
/** Ends the session that asks. */
const LAST = 'signOut';
const mutations = (audience: 'admin' | 'business') =>
  Object.keys(schemaOf(audience).getMutationType()?.getFields() ?? {})
    .filter((name) => !UNLOGGED[audience].includes(name))
    .map((name) => ({ audience, name }));
/** Every other one. */
export const MUTATIONS = [...mutations('admin'), ...mutations('business')].sort(
  (a, b) => Number(a.name === LAST) - Number(b.name === LAST),
);

/** What is nobody's, by the field that names it. */
const nobodys = (prefix: IdPrefix) => publicId(prefix, uuid7(Date.now()));
const OWN = {
  admin: nobodys('adm'),
  business: nobodys('biz'),
  member: nobodys('mem'),
  override: nobodys('ovr'),
  proposal: nobodys('prp'),
  restriction: nobodys('rst'),
  switch: nobodys('ksw'),
};
const DAY_MS = 24 * 3_600_000;
let requests = 0;

/**
 * The shortest request for a mutation that no rule of its input refuses; made from the schema, so that a new one needs no words
 * unless its rules want something else.
 * @param named what has to be there, by the field that names it
 */
export function anyMutation(
  audience: 'admin' | 'business',
  name: string,
  named: Record<string, string>,
): AnyOperation {
  const soon = new Date(Date.now() + DAY_MS).toISOString();
  const { query, variables } = anyOperation(schemaOf(audience), OperationTypeNode.MUTATION, name, {
    AddAdminInput: { email: 'somebody@example.com', name: 'Somebody' },
    ConnectSingleSignOnInput: { issuer: 'https://127.0.0.1:1', redirectUri: 'https://example.com/signed-on' },
    CreateApiKeyInput: { scopes: ['account:read'] },
    CreateMediaUploadInput: { type: 'image/png', bytes: 100, sha256: 'a'.repeat(64) },
    GiveSecondFactorInput: { code: '123456' },
    MarkMessagesReadInput: { messages: [named['message']] },
    PublishConsentPolicyInput: { rows: [EVERY_OTHER] },
    RedeliverEventsInput: { ids: [`${nobodys('evt')}-1`] },
    SetKillSwitchInput: { business: OWN.business },
    SetLimitOverrideInput: { endsAt: soon },
    SubmitVerificationInput: { country: 'DE', website: 'https://example.com' },
  });
  return {
    query,
    variables: sensible(variables, ++requests, { ...OWN, ...named }) as Record<string, unknown>,
  };
}
