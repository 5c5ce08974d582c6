import fc from 'fast-check';
import { ClientType } from './generated/workspace.js';
import { readRpcHeaders } from './rpc-headers.js';

const read = (headers: Record<string, string>) => readRpcHeaders((name) => headers[name]);

test('a Python client is read with its token and its attempt', () => {
  expect(
    read({
      'x-modal-client-version': '1.6.4',
      'x-modal-client-type': '1',
      'x-modal-python-version': '3.12.10',
      'x-modal-node': 'my%20laptop',
      'x-modal-platform': 'Linux-6.1-x86_64',
      'x-modal-host': '127.0.0.1',
      'x-modal-token-id': 'ak-1',
      'x-modal-token-secret': 'as-1',
      'x-idempotency-key': 'abc',
      'x-retry-attempt': '2',
      'x-throttle-retry-attempt': '1',
      'x-modal-timestamp': '1790000000.25',
    }),
  ).toEqual({
    clientType: ClientType.CLIENT,
    clientVersion: '1.6.4',
    libraryVersion: undefined,
    pythonVersion: '3.12.10',
    node: 'my laptop',
    platform: 'Linux-6.1-x86_64',
    host: '127.0.0.1',
    credentials: { tokenId: 'ak-1', tokenSecret: 'as-1' },
    authToken: undefined,
    idempotencyKey: 'abc',
    retryAttempt: 2,
    throttleRetryAttempt: 1,
    sentAtSeconds: 1790000000.25,
  });
});

test('a container brings no credentials', () => {
  const headers = read({ 'x-modal-client-type': '3', 'x-modal-client-version': '1.6.4' });
  expect(headers.clientType).toBe(ClientType.CONTAINER);
  expect(headers.credentials).toBeUndefined();
});

test('half of a token is no token', () => {
  expect(read({ 'x-modal-token-id': 'ak-1' }).credentials).toBeUndefined();
  expect(read({ 'x-modal-token-id': 'ak-1', 'x-modal-token-secret': '' }).credentials).toBeUndefined();
});

test('no header, however odd, makes the reading fail', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const headers = readRpcHeaders(() => value);
      expect(headers.retryAttempt).toBeGreaterThanOrEqual(0);
      expect(headers.sentAtSeconds ?? 0).not.toBeNaN();
    }),
  );
  expect(read({ 'x-modal-node': '%zz' }).node).toBe('%zz');
});
