import type { InputsTaken } from '@slipway/contracts';
import { BusUnavailableError } from '@slipway/messaging';
import { FunctionGetInputsResponse, type FunctionGetInputsRequest } from '@slipway/protocol';
import type { WorkerHost } from '../worker-host.js';
import type { ContainerSession } from './container-session.js';
import { handOutInputs } from './hand-out-inputs.js';

const WAIT_MS = 50_000;

const NO_INPUTS: InputsTaken = { inputs: [], exit: false };
const EXIT: InputsTaken = { inputs: [], exit: true };

/** Settles with the order to exit as soon as the session wants no more inputs; `stop` ends the watch. */
const exitOf = (session: ContainerSession): Readonly<{ wanted: Promise<InputsTaken>; stop: () => void }> => {
  let stop = (): void => undefined;
  const wanted = new Promise<InputsTaken>((resolve) => {
    const onAbort = (): void => resolve(EXIT);
    session.exitWanted.addEventListener('abort', onAbort, { once: true });
    stop = () => session.exitWanted.removeEventListener('abort', onAbort);
  });
  return { wanted, stop };
};

const askScheduler = async (
  host: WorkerHost,
  session: ContainerSession,
  { batchMaxSize, batchLingerMs }: FunctionGetInputsRequest,
): Promise<InputsTaken> => {
  const exit = exitOf(session);
  const asked = session.exitWanted.aborted
    ? Promise.resolve(EXIT)
    : host.bus.park(
        'scheduler.take-inputs',
        {
          taskId: session.assignment.taskId,
          workerId: host.config.workerId,
          bootId: host.bootId,
          holding: session.inputIds,
          maxInputs: Math.max(1, batchMaxSize),
          lingerMs: batchLingerMs,
          waitMs: WAIT_MS,
        },
        { untilMs: Date.now() + WAIT_MS },
      );
  return Promise.race([asked, exit.wanted])
    .catch((error: unknown) => {
      if (error instanceof BusUnavailableError) return NO_INPUTS;
      throw error;
    })
    .finally(exit.stop);
};

/** A container with a free slot waits for inputs; an empty answer makes it ask again, `killSwitch` ends it. */
export const getInputs = async (
  host: WorkerHost,
  session: ContainerSession,
  request: FunctionGetInputsRequest,
): Promise<FunctionGetInputsResponse> => {
  session.ready();
  const { exit, items } = await session.whileAsking(request.batchMaxSize, async () => {
    const ahead = await session.ahead.take();
    const taken =
      ahead.length > 0 ? { inputs: ahead, exit: false } : await askScheduler(host, session, request);
    return {
      exit: taken.exit && taken.inputs.length === 0,
      items: await handOutInputs(host, session, taken.inputs),
    };
  });
  if (exit) {
    session.leave();
    return FunctionGetInputsResponse.fromPartial({ inputs: [{ killSwitch: true }] });
  }
  return FunctionGetInputsResponse.fromPartial({ inputs: [...items] });
};
