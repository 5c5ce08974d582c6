import type { FoundToken } from '../store/tokens.js';
import { issueAuthToken } from './auth-token.js';
import { Authenticator } from './authenticator.js';
import { hashSecret } from './secret-hash.js';

const KEYS = { signingKey: 'signing', internalKey: 'internal' };

const found = (more: Partial<FoundToken['token']> = {}): FoundToken => ({
  token: {
    tokenId: 'ak-1',
    workspaceId: 'ac-1',
    workspaceName: 'main',
    defaultEnvironment: 'main',
    principal: { principalId: 'us-1', kind: 'member', name: 'ada', role: 'member' },
    environmentRoles: {},
    roleElsewhere: 'contributor',
    ...more,
  },
  name: 'first token',
  createdAt: 0,
  createdBy: 'eve',
  secretHash: hashSecret('as-1'),
});

/** A table of one token, which can be changed, and how often it was looked at. */
const tableOf = (row: FoundToken | undefined) => {
  const table = { row, looks: 0 };
  const authenticator = new Authenticator(
    {
      find: async () => {
        table.looks += 1;
        return table.row;
      },
      use: async () => undefined,
    },
    { of: async () => ({ environmentRoles: {}, roleElsewhere: 'viewer' }), forgetAll: () => undefined },
    KEYS,
  );
  return { table, authenticator };
};
const secret = (name: string): string | undefined =>
  ({ 'x-modal-token-id': 'ak-1', 'x-modal-token-secret': 'as-1' })[name];
const shortLived =
  (at = Date.now()) =>
  (name: string): string | undefined =>
    name === 'x-modal-auth-token' ? issueAuthToken(KEYS.signingKey, 'ak-1', at) : undefined;

test('a token is looked up once for many requests, whichever way it is shown', async () => {
  const { table, authenticator } = tableOf(found());
  for (const header of [secret, shortLived(), secret])
    expect(await authenticator.authenticate(header)).toMatchObject({ kind: 'token', tokenId: 'ak-1' });
  expect(table.looks).toBe(1);
});

test('a wrong secret is refused, also of a token that was right a moment ago', async () => {
  const { authenticator } = tableOf(found());
  await authenticator.authenticate(secret);
  const wrong = (name: string): string | undefined =>
    name === 'x-modal-token-secret' ? 'as-2' : secret(name);
  await expect(authenticator.authenticate(wrong)).rejects.toThrow('wrong');
});

test.each([
  ['was removed with its member', undefined, 'wrong'],
  ['was revoked', found({ revokedAt: 1 }), 'revoked'],
  ['was disabled', found({ disabledAt: 1 }), 'disabled'],
])('an auth token ends at once when its token %s', async (_, row, said) => {
  const { table, authenticator } = tableOf(found());
  const header = shortLived();
  await authenticator.authenticate(header);
  table.row = row;
  authenticator.forgetAll();
  await expect(authenticator.authenticate(header)).rejects.toThrow(said);
});

test('an auth token has the roles that its token has now', async () => {
  const { table, authenticator } = tableOf(found());
  const header = shortLived();
  table.row = found({ roleElsewhere: 'viewer' });
  expect(await authenticator.authenticate(header)).toMatchObject({ roleElsewhere: 'viewer' });
});
