import {
  ContainerHeartbeatResponse,
  Empty,
  FunctionGetDynamicConcurrencyResponse,
  GenericResult,
  VolumeCommitResponse,
} from '@slipway/protocol';
import type { WorkerHost } from '../worker-host.js';
import { takeEnds } from '../web/bridge/bridge-rpcs.js';
import type { WebTask } from '../web/web-task.js';
import { createBlob, getBlob } from './blobs.js';
import type { ContainerSession } from './container-session.js';
import { getInputs } from './get-inputs.js';
import { getRequests } from './get-requests.js';
import type { ContainerRpcs } from './container-rpcs.js';
import { outcomeOfResult } from './outcome-of-result.js';
import { putOutputs } from './put-outputs.js';
import { serverRpcs } from './server-rpcs.js';
import { stopItself } from './stop-itself.js';

/** The client gives a heartbeat 15 s; a cancellation is told at once by an answer that is held back until then. */
const HEARTBEAT_HELD_MS = 12_000;

/** The rpcs that a container's worker answers itself, beside those of data. All others are the gateway's. */
export const localRpcs = (host: WorkerHost, session: ContainerSession, web?: WebTask): ContainerRpcs => ({
  ...(web?.isServer === true && serverRpcs(session, web)),
  ...(session.assignment.apiAccess === 'none' && { containerStop: stopItself(host, session) }),
  containerHello: async () => {
    session.hello();
    return Empty.create();
  },
  containerHeartbeat: async () => {
    session.hello();
    const inputIds = await session.cancellations(HEARTBEAT_HELD_MS);
    return ContainerHeartbeatResponse.fromPartial(
      inputIds.length === 0 ? {} : { cancelInputEvent: { inputIds: [...inputIds] } },
    );
  },
  functionGetInputs: (request) =>
    web === undefined ? getInputs(host, session, request) : getRequests(host, session, web, request),
  functionPutOutputs: async (request) => {
    const outputs = web === undefined ? request.outputs : takeEnds(web.bridge, request.outputs);
    if (outputs.length > 0) await putOutputs(host, session, { ...request, outputs: [...outputs] });
    return Empty.create();
  },
  functionGetDynamicConcurrency: async ({ maxConcurrency }) =>
    FunctionGetDynamicConcurrencyResponse.fromPartial({
      concurrency: maxConcurrency > 0 ? maxConcurrency : session.assignment.maxConcurrentInputs,
    }),
  taskResult: async ({ result }) => {
    const { workspaceId } = session.assignment;
    const outcome = await outcomeOfResult(
      host.objects,
      workspaceId,
      result ?? GenericResult.create(),
      'pickle',
    );
    session.failStart({ ...outcome, kind: 'init-failure' });
    return Empty.create();
  },
  volumeCommit: async ({ volumeId }) => {
    await host.volumes.commit(session.assignment.taskId, volumeId);
    // The commit has reloaded what could be reloaded.
    return VolumeCommitResponse.fromPartial({ skipReload: true });
  },
  volumeReload: async ({ volumeId }) => {
    await host.volumes.reload(session.assignment.taskId, volumeId);
    return Empty.create();
  },
  blobCreate: (request) => createBlob(host, session, request),
  blobGet: (request) => getBlob(host, session, request),
});
