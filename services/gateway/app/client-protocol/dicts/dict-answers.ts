import { dictDelete, dictGetById, dictGetOrCreate, dictHeartbeat, dictList } from './dict.rpc.js';
import {
  dictClear,
  dictContains,
  dictContents,
  dictGet,
  dictLen,
  dictPop,
  dictUpdate,
} from './dict-entries.rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** Which function answers which rpc about dicts. */
export const dictAnswers = (parts: RpcParts) => ({
  dictGetOrCreate: dictGetOrCreate(parts),
  dictGetById: dictGetById(parts),
  dictHeartbeat: dictHeartbeat(parts),
  dictList: dictList(parts),
  dictDelete: dictDelete(parts),
  dictClear: dictClear(parts),
  dictContains: dictContains(parts),
  dictContents: dictContents(parts),
  dictGet: dictGet(parts),
  dictLen: dictLen(parts),
  dictPop: dictPop(parts),
  dictUpdate: dictUpdate(parts),
});
