import type { TaskAssignment, VolumeMount } from '@slipway/contracts';
import { FunctionDefinition, withFields, withoutFields } from '@slipway/protocol';

/** Numbers of FunctionDefinition's fields. */
const VOLUME_MOUNTS = 33;
const MAX_CONCURRENT_INPUTS = 34;
const BATCH_MAX_SIZE = 60;
const BATCH_LINGER_MS = 61;
const TARGET_CONCURRENT_INPUTS = 64;

type Resolved = Pick<TaskAssignment, 'maxConcurrentInputs' | 'targetConcurrentInputs' | 'batch' | 'volumes'>;

/**
 * A function's definition as its container is to read it. The client's runtime takes its slots, the size of its batches and the volumes
 * to commit at its end from there alone, and a variant may have others than the definition says.
 */
export const definitionForContainer = (definition: Uint8Array, task: Resolved): Buffer => {
  const { maxConcurrentInputs, targetConcurrentInputs, batch, volumes } = task;
  const resolved = FunctionDefinition.fromPartial({
    maxConcurrentInputs,
    targetConcurrentInputs,
    ...(batch && { batchMaxSize: batch.maxSize, batchLingerMs: batch.lingerMs }),
    ...(volumes && { volumeMounts: volumes.map(volumeMount) }),
  });
  const replaced = [
    MAX_CONCURRENT_INPUTS,
    TARGET_CONCURRENT_INPUTS,
    ...(batch ? [BATCH_MAX_SIZE, BATCH_LINGER_MS] : []),
    ...(volumes ? [VOLUME_MOUNTS] : []),
  ];
  return withFields(withoutFields(definition, replaced), FunctionDefinition.encode(resolved).finish());
};

const volumeMount = ({ volumeId, mountPath, access, commits, subPath }: VolumeMount) => ({
  volumeId,
  mountPath,
  readOnly: access === 'read',
  allowBackgroundCommits: commits === 'background',
  ...(subPath === undefined ? {} : { subPath }),
});
