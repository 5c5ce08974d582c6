import { accepted, refuse } from '@slipway/kernel';
import { MOST_ITEMS, partitionLifeMs, refusePartitionKey, refuseQueuePut } from '@slipway/gateway-core';
import { pollUntil } from '../poll-time.js';
import type { RpcCall, UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { waitForItems } from './wait-for-items.js';

type Parts = Pick<RpcParts, 'queues'>;
type OfPartition = Readonly<{ queueId: string; partitionKey: Buffer }>;

const PEEKED_AT_ONCE = 100;

const partitionOf = async (
  { queues }: Parts,
  { caller }: RpcCall,
  { queueId, partitionKey }: OfPartition,
) => {
  const refusal = refusePartitionKey(partitionKey.length);
  if (refusal) accepted(refusal);
  await queues.objects.get(caller.workspaceId, queueId);
  return { queueId, partition: partitionKey };
};

export const queuePut =
  (parts: Parts): UnaryRpc<'queuePut'> =>
  async (request, call) => {
    const { values, partitionTtlSeconds } = request;
    const refusal = refuseQueuePut(values.map((value) => value.length));
    if (refusal) accepted(refusal);
    const lifeMs = accepted(partitionLifeMs(partitionTtlSeconds));
    const partition = await partitionOf(parts, call, request);
    const { partitions, waiters } = parts.queues;
    await partitions.put({ ...partition, values, lifeMs, receiptId: call.newId('qu'), at: Date.now() });
    waiters.announce(request.queueId, request.partitionKey);
    return {};
  };

/** Held until there is an item or the client's time is over. */
export const queueGet =
  (parts: Parts): UnaryRpc<'queueGet'> =>
  async (request, call) => {
    const untilMs = pollUntil(request.timeout);
    const { nValues } = request;
    if (nValues < 1)
      accepted(refuse('invalid', 'n-values-invalid', `n_values is ${nValues}, but must be at least 1.`));
    const partition = await partitionOf(parts, call, request);
    const { items, waiters } = parts.queues;
    const receiptId = call.newId('qu');
    const most = Math.min(nValues, MOST_ITEMS);
    const values = await waitForItems({
      waiter: waiters.taker(request.queueId, request.partitionKey),
      look: () => items.take({ ...partition, most, receiptId, at: Date.now() }),
      untilMs,
      cancelled: call.cancelled,
    });
    if (values.length > 0 && call.cancelled.aborted) {
      await items.giveBack(receiptId);
      waiters.announce(request.queueId, request.partitionKey);
    }
    return { values };
  };

/** Held until there is an item that the client has not seen or its time is over. */
export const queueNextItems =
  (parts: Parts): UnaryRpc<'queueNextItems'> =>
  async (request, call) => {
    const untilMs = pollUntil(request.itemPollTimeout);
    const after = readEntryId(request.lastEntryId);
    const partition = await partitionOf(parts, call, request);
    const { items, waiters } = parts.queues;
    const found = await waitForItems({
      waiter: waiters.watcher(request.queueId, request.partitionKey),
      look: () =>
        items.peek({
          ...partition,
          ...(after === undefined ? {} : { after }),
          most: PEEKED_AT_ONCE,
          at: Date.now(),
        }),
      untilMs,
      cancelled: call.cancelled,
    });
    return { items: found.map(({ seq, value }) => ({ entryId: String(seq), value })) };
  };

export const queueLen =
  (parts: Parts): UnaryRpc<'queueLen'> =>
  async (request, call) => {
    const { queueId, total } = request;
    const partition = await partitionOf(parts, call, request);
    const { partitions } = parts.queues;
    const at = Date.now();
    return { len: total ? await partitions.total(queueId, at) : await partitions.size(partition, at) };
  };

export const queueClear =
  (parts: Parts): UnaryRpc<'queueClear'> =>
  async (request, call) => {
    const { queueId, partition } = await partitionOf(parts, call, request);
    await parts.queues.partitions.clear(
      queueId,
      request.allPartitions ? 'all' : partition,
      call.newId('qu'),
      Date.now(),
    );
    return {};
  };

const readEntryId = (entryId: string): number | undefined => {
  if (entryId === '') return undefined;
  if (!/^\d{1,16}$/.test(entryId))
    accepted(
      refuse('invalid', 'entry-id-invalid', `'${entryId}' is no entry id: pass the one of the last item.`),
    );
  return Number(entryId);
};
