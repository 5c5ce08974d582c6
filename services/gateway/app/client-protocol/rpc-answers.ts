import { appCreate } from './apps/app-create.rpc.js';
import { appClientDisconnect, appHeartbeat, appStop } from './apps/app-end.rpc.js';
import { appGetLayout } from './apps/app-get-layout.rpc.js';
import { appGetLogs } from './apps/app-get-logs.rpc.js';
import { appGetOrCreate } from './apps/app-get-or-create.rpc.js';
import { appGetByDeploymentName, appGetLifecycle, appGetTags, appList } from './apps/app-lookup.rpc.js';
import { appPublish } from './apps/app-publish.rpc.js';
import { functionCallGetDataOut } from './calls/function-call-get-data-out.rpc.js';
import { functionCallCancel, functionCallFromId, functionCallGetInfo } from './calls/function-call.rpc.js';
import { functionGetCallGraph } from './calls/function-get-call-graph.rpc.js';
import { functionGetOutputs } from './calls/function-get-outputs.rpc.js';
import { functionFinishInputs, functionPutInputs, functionRetryInputs } from './calls/function-inputs.rpc.js';
import { functionMap } from './calls/function-map.rpc.js';
import { hostOnly } from './containers/host-only.rpc.js';
import { containerStop, taskList } from './containers/tasks.rpc.js';
import { blobCreate, blobGet } from './files/blob.rpc.js';
import { mountBatchedCheckExistence, mountPutFile } from './files/mount-files.rpc.js';
import { mountGetOrCreate } from './files/mount-get-or-create.rpc.js';
import { classCreate, classGet } from './functions/class.rpc.js';
import { functionBindParams } from './functions/function-bind-params.rpc.js';
import { functionCreate } from './functions/function-create.rpc.js';
import { functionGet, functionGetById } from './functions/function-get.rpc.js';
import { functionPrecreate } from './functions/function-precreate.rpc.js';
import {
  functionGetCurrentStats,
  functionGetSchedulingParams,
  functionUpdateSchedulingParams,
} from './functions/function-scaling.rpc.js';
import { imageFromId, imageGetOrCreate } from './images/image-get-or-create.rpc.js';
import { imageJoinStreaming } from './images/image-join-streaming.rpc.js';
import type { RpcAnswers } from './rpc.js';
import { notServed } from './not-served.js';
import type { RpcParts } from './rpc-parts.js';
import { secretGetOrCreate } from './secrets/secret-get-or-create.rpc.js';
import { secretDelete, secretList } from './secrets/secret-list.rpc.js';
import { authTokenGet } from './session/auth-token-get.rpc.js';
import { clientHello } from './session/client-hello.rpc.js';
import { environmentGetOrCreate, environmentList } from './session/environment.rpc.js';
import { tokenInfoGet } from './session/token-info-get.rpc.js';
import { workspaceNameLookup } from './session/workspace-name-lookup.rpc.js';

/** Which function answers which rpc of the schema. */
export const rpcAnswers = (parts: RpcParts): RpcAnswers => ({
  clientHello: clientHello(),
  authTokenGet: authTokenGet(parts),
  tokenInfoGet: tokenInfoGet(parts),
  workspaceNameLookup: workspaceNameLookup(),
  environmentGetOrCreate: environmentGetOrCreate(parts),
  environmentList: environmentList(parts),

  appCreate: appCreate(parts),
  appGetOrCreate: appGetOrCreate(parts),
  appGetByDeploymentName: appGetByDeploymentName(parts),
  appGetLayout: appGetLayout(parts),
  appGetLifecycle: appGetLifecycle(parts),
  appGetLogs: appGetLogs(parts),
  appGetTags: appGetTags(parts),
  appSetTags: notServed('appSetTags'),
  appHeartbeat: appHeartbeat(parts),
  appList: appList(parts),
  appPublish: appPublish(parts),
  appClientDisconnect: appClientDisconnect(parts),
  appStop: appStop(parts),

  mountGetOrCreate: mountGetOrCreate(parts),
  mountBatchedCheckExistence: mountBatchedCheckExistence(parts),
  mountPutFile: mountPutFile(parts),
  blobCreate: blobCreate(parts),
  blobGet: blobGet(parts),
  secretGetOrCreate: secretGetOrCreate(parts),
  secretList: secretList(parts),
  secretDelete: secretDelete(parts),

  imageGetOrCreate: imageGetOrCreate(parts),
  imageJoinStreaming: imageJoinStreaming(parts),
  imageFromId: imageFromId(parts),

  functionPrecreate: functionPrecreate(),
  functionCreate: functionCreate(parts),
  functionGet: functionGet(parts),
  functionGetById: functionGetById(parts),
  functionBindParams: functionBindParams(parts),
  functionGetCurrentStats: functionGetCurrentStats(parts),
  functionGetSchedulingParams: functionGetSchedulingParams(parts),
  functionUpdateSchedulingParams: functionUpdateSchedulingParams(parts),
  classCreate: classCreate(parts),
  classGet: classGet(parts),

  functionMap: functionMap(parts),
  functionPutInputs: functionPutInputs(parts),
  functionFinishInputs: functionFinishInputs(parts),
  functionGetOutputs: functionGetOutputs(parts),
  functionRetryInputs: functionRetryInputs(parts),
  functionCallFromId: functionCallFromId(parts),
  functionCallCancel: functionCallCancel(parts),
  functionCallGetInfo: functionCallGetInfo(parts),
  functionGetCallGraph: functionGetCallGraph(parts),
  functionCallGetDataOut: functionCallGetDataOut(parts),

  containerHello: hostOnly('containerHello'),
  containerHeartbeat: hostOnly('containerHeartbeat'),
  functionGetInputs: hostOnly('functionGetInputs'),
  functionPutOutputs: hostOnly('functionPutOutputs'),
  functionGetDynamicConcurrency: hostOnly('functionGetDynamicConcurrency'),
  functionCallGetDataIn: hostOnly('functionCallGetDataIn'),
  functionCallPutDataOut: hostOnly('functionCallPutDataOut'),
  taskResult: hostOnly('taskResult'),
  containerStop: containerStop(parts),
  taskList: taskList(parts),
});
