import { readAuthToken } from '../../access/auth-token.js';
import { authTokenGet } from './auth-token-get.rpc.js';

const KEY = 'signing';
const get = async (call: object): Promise<string> =>
  (await authTokenGet({ signingKey: KEY })({}, call as never)).token;
const claimsOf = (token: string): unknown =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());

test('who shows a secret gets a token that stands for it', async () => {
  const shown = { tokenId: 'ak-1', tokenSecret: 'as-1' };
  const token = await get({ caller: { kind: 'token', tokenId: 'ak-1' }, headers: { credentials: shown } });
  expect(readAuthToken(KEY, token, Date.now())).toBe('ak-1');
});

test('a short-lived token makes no other one', async () => {
  await expect(get({ caller: { kind: 'token', tokenId: 'ak-1' }, headers: {} })).rejects.toThrow('token');
});

/** Clients ask for one before every rpc about sandboxes. */
test('code in a container gets a token that ends as others do, and opens nothing', async () => {
  const token = await get({ caller: { kind: 'task', taskId: 'ta-1' }, headers: {} });
  expect(claimsOf(token)).toMatchObject({ exp: expect.any(Number) });
  expect(readAuthToken(KEY, token, Date.now())).toBeUndefined();
});
