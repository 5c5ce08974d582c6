import { DataOutReaders } from './data-out-readers.js';
import { functionCallGetDataOut } from './function-call-get-data-out.rpc.js';
import { functionCallCancel, functionCallFromId, functionCallGetInfo } from './function-call.rpc.js';
import { functionGetCallGraph } from './function-get-call-graph.rpc.js';
import { functionGetOutputs } from './function-get-outputs.rpc.js';
import { functionFinishInputs, functionPutInputs, functionRetryInputs } from './function-inputs.rpc.js';
import { functionMap } from './function-map.rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** Which function answers which rpc about calls. */
export const callAnswers = (parts: RpcParts, readers = new DataOutReaders()) => ({
  functionMap: functionMap(parts),
  functionPutInputs: functionPutInputs(parts),
  functionFinishInputs: functionFinishInputs(parts),
  functionGetOutputs: functionGetOutputs(parts, readers),
  functionRetryInputs: functionRetryInputs(parts),
  functionCallFromId: functionCallFromId(parts),
  functionCallCancel: functionCallCancel(parts),
  functionCallGetInfo: functionCallGetInfo(parts),
  functionGetCallGraph: functionGetCallGraph(parts),
  functionCallGetDataOut: functionCallGetDataOut(parts, readers),
});
