import type { Bus } from '@slipway/messaging';
import type { RpcCall } from '../rpc.js';
import { containerStop } from './tasks.rpc.js';

test('a container is interrupted, or with graceful finishes its inputs first', async () => {
  const asked: unknown[] = [];
  const bus = { request: async (_: string, ask: unknown) => asked.push(ask) } as unknown as Bus;
  const context = { caller: { workspaceId: 'ws-1' } } as RpcCall;
  await containerStop({ bus })({ taskId: 'ta-1', graceful: false }, context);
  await containerStop({ bus })({ taskId: 'ta-1', graceful: true }, context);
  expect(asked).toMatchObject([{ how: 'graceful' }, { how: 'drain' }]);
});
