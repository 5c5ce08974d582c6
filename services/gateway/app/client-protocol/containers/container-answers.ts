import { hostOnly } from './host-only.rpc.js';
import { containerStop, taskGetInfo, taskList } from './tasks.rpc.js';
import { taskGetCommandRouterAccess } from './task-get-command-router-access.rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** Which function answers which rpc about containers. */
export const containerAnswers = (parts: RpcParts) => ({
  containerHello: hostOnly('containerHello'),
  containerServerLifecycleReady: hostOnly('containerServerLifecycleReady'),
  tunnelStart: hostOnly('tunnelStart'),
  tunnelStop: hostOnly('tunnelStop'),
  flashContainerRegister: hostOnly('flashContainerRegister'),
  flashContainerDeregister: hostOnly('flashContainerDeregister'),
  containerHeartbeat: hostOnly('containerHeartbeat'),
  functionGetInputs: hostOnly('functionGetInputs'),
  functionPutOutputs: hostOnly('functionPutOutputs'),
  functionGetDynamicConcurrency: hostOnly('functionGetDynamicConcurrency'),
  functionCallGetDataIn: hostOnly('functionCallGetDataIn'),
  functionCallPutDataOut: hostOnly('functionCallPutDataOut'),
  taskResult: hostOnly('taskResult'),
  containerStop: containerStop(parts),
  taskGetCommandRouterAccess: taskGetCommandRouterAccess(parts),
  taskGetInfo: taskGetInfo(parts),
  taskList: taskList(parts),
});
