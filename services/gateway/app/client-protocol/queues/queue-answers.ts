import { queueDelete, queueGetById, queueGetOrCreate, queueHeartbeat, queueList } from './queue.rpc.js';
import { queueClear, queueGet, queueLen, queueNextItems, queuePut } from './queue-items.rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** Which function answers which rpc about queues. */
export const queueAnswers = (parts: RpcParts) => ({
  queueGetOrCreate: queueGetOrCreate(parts),
  queueGetById: queueGetById(parts),
  queueHeartbeat: queueHeartbeat(parts),
  queueList: queueList(parts),
  queueDelete: queueDelete(parts),
  queueClear: queueClear(parts),
  queueGet: queueGet(parts),
  queueLen: queueLen(parts),
  queueNextItems: queueNextItems(parts),
  queuePut: queuePut(parts),
});
