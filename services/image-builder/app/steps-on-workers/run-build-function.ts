import type { AwaitOutputs, CallId, InputId, Payload, WorkspaceId } from '@slipway/contracts';
import { INLINE_PAYLOAD_LIMIT_BYTES } from '@slipway/contracts';
import { objectId, type KnownImage, type StepResult } from '@slipway/image-builder-core';
import type { Bus } from '@slipway/messaging';
import { sha256Hex } from '../contents/blob-store-contents.js';

const POLL_MS = 20_000;

/**
 * Lets the scheduler run a builder function once; its container's file system is the layer.
 * The call's id comes from the image and its attempt, so a builder that restarts finds the same call again.
 */
export const runBuildFunction = async (
  bus: Bus,
  image: KnownImage,
  putBlob: (bytes: Buffer) => Promise<Payload>,
): Promise<StepResult> => {
  const { defined, workspaceId, attempt } = image;
  const { buildFunction } = defined.definition;
  if (!buildFunction) throw new Error(`image ${defined.imageId} has no builder function`);
  const seed = sha256Hex(`build ${defined.imageId} ${attempt}`);
  const callId = objectId('fc', seed) as CallId;
  const bytes = Buffer.from(buildFunction.inputBase64 ?? '', 'base64');
  const args =
    bytes.length > INLINE_PAYLOAD_LIMIT_BYTES ? await putBlob(bytes) : { inline: bytes.toString('base64') };
  await bus.persist('scheduler.create-call', {
    callId,
    functionId: buildFunction.functionId,
    workspaceId,
    shape: 'unary',
    invocation: 'async',
    inputs: [
      {
        idx: 0,
        inputId: objectId('in', seed) as InputId,
        args,
        dataFormat: buildFunction.inputFormat,
        finalInput: true,
      },
    ],
  });
  const ask: AwaitOutputs = { callId, workspaceId, afterEntry: 0, maxOutputs: 1, waitMs: POLL_MS };
  for (;;) {
    const { outputs } = await bus.park('scheduler.await-outputs', ask, { untilMs: Number.MAX_SAFE_INTEGER });
    const outcome = outputs[0]?.outcome;
    if (!outcome) continue;
    if (outcome.kind === 'success') return capturedLayer(bus, callId, workspaceId);
    const message = outcome.traceback ?? outcome.exception ?? outcome.kind;
    return { ok: false, message: `the builder function failed (${outcome.kind}): ${message}`, output: '' };
  }
};

/** The container ends after its output is there, and only then its layer is known. */
const capturedLayer = async (bus: Bus, callId: CallId, workspaceId: WorkspaceId): Promise<StepResult> => {
  for (;;) {
    const { ended, layer, message } = await bus.park(
      'scheduler.get-captured-layer',
      { callId, workspaceId, waitMs: POLL_MS },
      { untilMs: Number.MAX_SAFE_INTEGER },
    );
    if (layer) return { ok: true, layer, output: '' };
    if (ended)
      return {
        ok: false,
        message: `the builder function left no layer: ${message ?? 'its container was lost'}`,
        output: '',
      };
  }
};
