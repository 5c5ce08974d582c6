import { poolOf, type LendingPool } from '@slipway/event-store';
import { QueueLenRequest, QueueListRequest } from '@slipway/protocol';
import { overPostgres } from '../../../../../tools/testing/over-postgres.ts';
import { StateController } from '../../public-api/state.controller.js';
import type { Environments } from '../../store/environments.js';
import { openStore } from '../../store/open-store.js';
import { Queues } from '../../store/state/queues.js';
import { Statistics } from '../../store/statistics.js';
import type { RpcCall } from '../rpc.js';
import { queueLen } from './queue-items.rpc.js';
import { queueList } from './queue.rpc.js';

const workspaceId = 'ac-1';
const queueId = 'qu-1';
const partition = Buffer.from('p');
const caller = { kind: 'token', workspaceId, roleElsewhere: 'viewer', environmentRoles: {} };
const call = { caller } as unknown as RpcCall;
const environments = { resolve: async () => 'main' } as unknown as Environments;

let pool: LendingPool;
let queues: Queues;

overPostgres(openStore, async (orm) => {
  pool = await poolOf(orm);
  queues = new Queues(pool, undefined as never);
  const at = Date.now();
  const of = { objectId: queueId, workspaceId, environment: 'main', name: 'q', createdBy: 'ada', at };
  await queues.objects.create(of);
  const values = ['a', 'b'].map((value) => Buffer.from(value));
  await queues.partitions.put({ queueId, partition, values, lifeMs: 3_600_000, receiptId: 're-1', at });
});

const listed = (statistics: Statistics) => ({
  rpc: () => queueList({ queues, environments, statistics } as never)(QueueListRequest.create(), call),
  http: () =>
    new StateController(environments, undefined as never, undefined as never, queues, statistics).queues(
      { caller } as never,
      { limit: 10 },
    ),
});

test('lists of queues say how much is in them', async () => {
  const { rpc, http } = listed(new Statistics(pool));
  expect(await rpc()).toMatchObject({ queues: [{ queueId, numPartitions: 1, totalSize: 2 }] });
  expect(await http()).toMatchObject({ items: [{ id: queueId, partitions: 1, items: 2 }] });
});

test('they wait for their turn among statistics; the length of one queue does not', async () => {
  const statistics = new Statistics(pool, { statement: 60_000, waiting: 20 });
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const reads = [1, 2].map(() => statistics.read(workspaceId, () => over));
  const { rpc, http } = listed(statistics);
  const answers = await Promise.allSettled([rpc(), http()]);
  const lengths = await Promise.all(
    [true, false].map((total) =>
      queueLen({ queues })(QueueLenRequest.fromPartial({ queueId, partitionKey: partition, total }), call),
    ),
  );
  end();
  await Promise.all(reads);
  for (const answer of answers)
    expect(answer).toMatchObject({ reason: { refusal: { code: 'statistics-busy' } } });
  expect(lengths).toEqual([{ len: 2 }, { len: 2 }]);
});
