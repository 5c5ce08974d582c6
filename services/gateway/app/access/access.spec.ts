import { issueAuthToken, readAuthToken } from './auth-token.js';
import { readRelayedTask } from './relayed-task.js';
import { hashSecret, matchesSecret } from './secret-hash.js';

test('an auth token stands for a token for twenty minutes', () => {
  const token = issueAuthToken('key', 'ak-1', 1_000_000);
  expect(readAuthToken('key', token, 1_000_000 + 19 * 60_000)).toBe('ak-1');
  expect(readAuthToken('key', token, 1_000_000 + 20 * 60_000)).toBeUndefined();
  expect(readAuthToken('other', token, 1_000_000)).toBeUndefined();
  expect(readAuthToken('key', 'not.a.token', 1_000_000)).toBeUndefined();
});

test('clients can read when an auth token ends', () => {
  const [, payload] = issueAuthToken('key', 'ak-1', 1_000_000).split('.');
  expect(JSON.parse(Buffer.from(payload!, 'base64url').toString())).toMatchObject({ exp: 1000 + 1200 });
});

test('a secret is known by its hash, which differs each time', () => {
  const hash = hashSecret('as-1');
  expect(matchesSecret(hash, 'as-1')).toBe(true);
  expect(matchesSecret(hash, 'as-2')).toBe(false);
  expect(hashSecret('as-1').hash).not.toBe(hash.hash);
});

const blobStoreUrl = 'http://10.64.0.1:4711';
const task = {
  taskId: 'ta-1',
  workspaceId: 'ac-1',
  environment: 'dev',
  appId: 'ap-1',
  functionId: 'fu-1',
  blobStoreUrl,
};
const relayed = (headers: Record<string, string>) => readRelayedTask((name) => headers[name], 'internal');
const shown = Buffer.from(JSON.stringify(task)).toString('base64');

test("a worker's key makes the task that it names the caller, in the task's environment", () => {
  expect(relayed({ 'x-slipway-internal-key': 'internal', 'x-slipway-task': shown })).toEqual({
    kind: 'task',
    taskId: 'ta-1',
    workspaceId: 'ac-1',
    appId: 'ap-1',
    functionId: 'fu-1',
    defaultEnvironment: 'dev',
    blobStoreUrl,
  });
});

test('without the right key a named task means nothing', () => {
  expect(relayed({ 'x-slipway-task': shown })).toBeUndefined();
  expect(relayed({ 'x-slipway-internal-key': 'internaX', 'x-slipway-task': shown })).toBeUndefined();
  expect(relayed({ 'x-slipway-internal-key': '', 'x-slipway-task': shown })).toBeUndefined();
});
