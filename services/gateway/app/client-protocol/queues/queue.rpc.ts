import { EPHEMERAL_LIFE_MS } from '@slipway/gateway-core';
import { QueueGetOrCreateResponse, QueueListResponse } from '@slipway/protocol';
import { queueSizes } from '../../store/state/queue-sizes.js';
import { listPage } from '../list-page.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { getOrCreateStateObject, stateMetadata } from '../state-objects.js';

type Parts = Pick<RpcParts, 'queues' | 'environments'>;

export const queueGetOrCreate =
  ({ queues, environments }: Parts): UnaryRpc<'queueGetOrCreate'> =>
  async (request, call) => {
    const queue = await getOrCreateStateObject({ objects: queues.objects, environments }, request, call);
    return QueueGetOrCreateResponse.fromPartial({ queueId: queue.objectId, metadata: stateMetadata(queue) });
  };

export const queueGetById =
  ({ queues }: Parts): UnaryRpc<'queueGetById'> =>
  async ({ queueId }, { caller }) => {
    const queue = await queues.objects.get(caller.workspaceId, queueId);
    return QueueGetOrCreateResponse.fromPartial({ queueId, metadata: stateMetadata(queue) });
  };

export const queueHeartbeat =
  ({ queues }: Parts): UnaryRpc<'queueHeartbeat'> =>
  async ({ queueId }, { caller }) => {
    await queues.objects.prolong(caller.workspaceId, queueId, Date.now() + EPHEMERAL_LIFE_MS);
    return {};
  };

export const queueList =
  ({ queues, environments, statistics }: Parts & Pick<RpcParts, 'statistics'>): UnaryRpc<'queueList'> =>
  async ({ environmentName, pagination, totalSizeLimit }, { caller }) => {
    const environment = await environments.resolve(caller, environmentName);
    const page = { workspaceId: caller.workspaceId, environment, ...listPage(pagination) };
    const found = await queues.objects.list(page);
    const ids = found.map((queue) => queue.objectId);
    const sizes = await statistics.read(caller.workspaceId, (connection) =>
      queueSizes(connection, ids, Date.now()),
    );
    const mostItems = totalSizeLimit || Number.MAX_SAFE_INTEGER;
    return QueueListResponse.fromPartial({
      environmentName: environment,
      queues: found.map((queue) => ({
        queueId: queue.objectId,
        name: queue.name ?? '',
        createdAt: queue.createdAt / 1000,
        numPartitions: sizes.get(queue.objectId)?.partitions ?? 0,
        totalSize: Math.min(sizes.get(queue.objectId)?.items ?? 0, mostItems),
        metadata: stateMetadata(queue),
      })),
    });
  };

export const queueDelete =
  ({ queues }: Parts): UnaryRpc<'queueDelete'> =>
  async ({ queueId }, { caller }) => {
    if (!(await queues.objects.delete(caller.workspaceId, queueId, Date.now())))
      throw queues.objects.notFound(queueId);
    return {};
  };
