import { refuse } from '@slipway/kernel';
import { Readiness } from '@slipway/nest-kit';
import { standDown } from './stand-down.js';

test('a worker that stands down answers no request, ends its build steps, and says what to set', async () => {
  const done: string[] = [];
  const readiness = new Readiness();
  const refusal = refuse('conflict', 'worker-id-taken', 'give each machine its own WORKER_ID');
  await standDown(
    {
      transport: { close: async () => void done.push('closed') },
      buildSteps: { stopAll: async () => void done.push('stopped') },
      readiness,
      logger: { error: (_: unknown, message?: string) => void done.push(message ?? '') },
    },
    refusal,
  );
  expect(done).toEqual([expect.stringContaining('WORKER_ID'), 'closed', 'stopped']);
  expect(await readiness.report()).toEqual({ ready: false, checks: { 'worker-id': refusal.message } });
});
