import type {
  AnswerOf,
  AwaitOutputs,
  CallId,
  CreateCall,
  ExitReason,
  FunctionId,
  InputId,
  Payload,
  WorkspaceId,
} from '@slipway/contracts';
import { INLINE_PAYLOAD_LIMIT_BYTES } from '@slipway/contracts';
import { objectId, type BuildLog, type KnownImage, type StepResult } from '@slipway/image-builder-core';
import { RefusedError } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import { sha256Hex } from '../contents/blob-store-contents.js';

const POLL_MS = 20_000;
/** How often a builder function runs whose container the platform loses before its layer is safe. */
const MOST_RUNS = 4;

/** What the platform lost: the container of a function that had ended well, or the function's app. */
type Run = StepResult | Readonly<{ lost: 'container' | 'app'; message: string }>;

type Parts = Readonly<{
  /** Builder functions of other apps that ask for the image by now: one of them runs when the app of the one before is stopped. */
  others: () => readonly FunctionId[];
  putBlob: (bytes: Buffer) => Promise<Payload>;
  log: BuildLog;
}>;

/** Lets the scheduler run a builder function to its end; its container's file system is the layer. */
export const runBuildFunction = async (
  bus: Pick<Bus, 'persist' | 'park'>,
  image: KnownImage,
  { others, putBlob, log }: Parts,
): Promise<StepResult> => {
  const { defined, workspaceId } = image;
  const { buildFunction } = defined.definition;
  if (!buildFunction) throw new Error(`image ${defined.imageId} has no builder function`);
  const bytes = Buffer.from(buildFunction.inputBase64 ?? '', 'base64');
  const args =
    bytes.length > INLINE_PAYLOAD_LIMIT_BYTES ? await putBlob(bytes) : { inline: bytes.toString('base64') };
  const stopped = new Set<FunctionId>();
  const callOf = (run: number, functionId: FunctionId): CreateCall => {
    const seed = seedOf(image, run);
    const inputId = objectId('in', seed) as InputId;
    const { inputFormat: dataFormat } = buildFunction;
    return {
      ...{ callId: callIdOf(image, run), functionId, workspaceId, shape: 'unary', invocation: 'async' },
      inputs: [{ idx: 0, inputId, args, dataFormat, finalInput: true }],
    };
  };
  let functionId: FunctionId | undefined = buildFunction.functionId;
  let lostContainers = 0;
  for (let run = 1; ; run += 1) {
    const ended: Run =
      functionId === undefined
        ? await endOf(bus, { callId: callIdOf(image, run), workspaceId })
        : await runOnce(bus, callOf(run, functionId));
    if ('ok' in ended) return ended;
    if (ended.lost === 'container') lostContainers += 1;
    else if (functionId !== undefined) stopped.add(functionId);
    if (lostContainers === MOST_RUNS) return failed(ended.message);
    functionId = [buildFunction.functionId, ...others()].find((id) => !stopped.has(id));
    // A builder that restarts does not know who else had asked, but finds the run of one of them.
    const isUnderWay = functionId === undefined && (await isCall(bus, callIdOf(image, run + 1), workspaceId));
    if (functionId === undefined && !isUnderWay) return failed(ended.message);
    log(`${ended.message}; it runs again\n`, 'info');
  }
};

/** A call's id comes from the image, its attempt and the run, so a builder that restarts finds the same calls again. */
const seedOf = ({ defined, attempt }: KnownImage, run: number): string =>
  sha256Hex(`build ${defined.imageId} ${attempt}${run === 1 ? '' : ` ${run}`}`);

const callIdOf = (image: KnownImage, run: number): CallId => objectId('fc', seedOf(image, run)) as CallId;

const isCall = (bus: Pick<Bus, 'persist'>, callId: CallId, workspaceId: WorkspaceId): Promise<boolean> =>
  bus.persist('scheduler.get-call', { callId, workspaceId }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof RefusedError && error.refusal.refused === 'not-found') return false;
      throw error;
    },
  );

/** Refusals of a call whose function the app no longer runs. */
const APP_GONE: ReadonlySet<string> = new Set(['app-stopped', 'function-removed']);

const runOnce = async (bus: Pick<Bus, 'persist' | 'park'>, call: CreateCall): Promise<Run> => {
  try {
    await bus.persist('scheduler.create-call', call);
  } catch (error) {
    if (error instanceof RefusedError && APP_GONE.has(error.refusal.code))
      return { lost: 'app', message: error.message };
    throw error;
  }
  return endOf(bus, call);
};

const endOf = async (
  bus: Pick<Bus, 'park'>,
  { callId, workspaceId }: Pick<CreateCall, 'callId' | 'workspaceId'>,
): Promise<Run> => {
  const ask: AwaitOutputs = { callId, workspaceId, afterEntry: 0, maxOutputs: 1, waitMs: POLL_MS };
  for (;;) {
    const { outputs } = await bus.park('scheduler.await-outputs', ask, { untilMs: Number.MAX_SAFE_INTEGER });
    const outcome = outputs[0]?.outcome;
    if (!outcome) continue;
    if (outcome.kind === 'success') return capturedLayer(bus, callId, workspaceId);
    const why = outcome.traceback ?? outcome.exception ?? outcome.kind;
    const message = `the builder function failed (${outcome.kind}): ${why}`;
    return outcome.kind === 'cancelled' ? { lost: 'app', message } : failed(message);
  }
};

/** Ends of a container for which neither the function nor its author is to blame. */
const LOST: ReadonlySet<ExitReason | undefined> = new Set<ExitReason>(['host-lost', 'platform-error']);

/** The container ends after its output is there, and only then its layer is known. */
const capturedLayer = async (
  bus: Pick<Bus, 'park'>,
  callId: CallId,
  workspaceId: WorkspaceId,
): Promise<Run> => {
  for (;;) {
    const { ended, layer, reason, message }: AnswerOf<'scheduler.get-captured-layer'> = await bus.park(
      'scheduler.get-captured-layer',
      { callId, workspaceId, waitMs: POLL_MS },
      { untilMs: Number.MAX_SAFE_INTEGER },
    );
    if (layer) return { ok: true, layer, output: '' };
    if (!ended) continue;
    const noLayer = `the builder function left no layer: ${message ?? 'its container was lost'}`;
    if (reason === 'app-stopped') return { lost: 'app', message: noLayer };
    return LOST.has(reason) ? { lost: 'container', message: noLayer } : failed(noLayer);
  }
};

const failed = (message: string): StepResult => ({ ok: false, message, output: '' });
