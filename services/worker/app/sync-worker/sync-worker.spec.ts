import { refuse, RefusedError, type Refusal } from '@slipway/kernel';
import { SyncLoop } from './sync-worker.js';

const taken = refuse('conflict', 'worker-id-taken', 'another has it');

test('a worker whose id another has ends its containers, hands over to whom it was told, and is heard of no more', async () => {
  let asked = 0;
  let nudge = (): void => undefined;
  const bus = {
    onSignal: (_: string, handler: () => void) => ((nudge = handler), () => undefined),
    request: async () => {
      asked += 1;
      throw new RefusedError(taken);
    },
  };
  const host = {
    bus,
    config: { workerId: 'wo-1' },
    machine: {},
    runtime: {},
    logger: { warn: () => undefined },
  } as never;
  const performed: unknown[] = [];
  const tasks = {
    own: { alive: [{ taskId: 'ta-1', phase: 'ready' }], ended: new Set() },
    perform: (action: unknown) => performed.push(action),
  } as never;

  let loop: SyncLoop | undefined;
  const refusal = await new Promise<Refusal>((replaced) => {
    loop = new SyncLoop(host, tasks, 'router:1', replaced);
  });
  nudge();
  await new Promise(setImmediate);
  await loop?.close();
  expect(refusal).toEqual(taken);
  expect(performed).toMatchObject([{ kind: 'stop', taskId: 'ta-1', how: 'kill' }]);
  expect(asked).toBe(1);
});
