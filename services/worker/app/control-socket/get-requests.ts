import { abortWithin } from '@slipway/nest-kit';
import { FunctionGetInputsResponse, type FunctionGetInputsRequest } from '@slipway/protocol';
import { inputOfCall } from '../web/bridge/bridge-rpcs.js';
import type { WebTask } from '../web/web-task.js';
import type { WorkerHost } from '../worker-host.js';
import type { ContainerSession } from './container-session.js';
import { getInputs } from './get-inputs.js';

const WAIT_MS = 50_000;

/** The next web request of a container that is asked in the client's own words; its inputs too where a class has both. */
export const getRequests = async (
  host: WorkerHost,
  session: ContainerSession,
  web: WebTask,
  request: FunctionGetInputsRequest,
): Promise<FunctionGetInputsResponse> => {
  session.ready();
  const settled = new AbortController();
  const { signal: waiting, end } = abortWithin(WAIT_MS, session.exitWanted, settled.signal);
  const fromWeb = async (): Promise<FunctionGetInputsResponse> => {
    const call = await web.bridge.next(waiting).finally(end);
    return FunctionGetInputsResponse.fromPartial({
      inputs:
        call !== undefined ? [inputOfCall(call)] : session.exitWanted.aborted ? [{ killSwitch: true }] : [],
    });
  };
  if (!web.takesInputs) return fromWeb();
  const asked = web.standingQuestion ?? getInputs(host, session, request);
  web.standingQuestion = asked;
  const winner = await Promise.race([
    fromWeb().then((answer) => ({ from: 'web', answer }) as const),
    asked.then((answer) => ({ from: 'scheduler', answer }) as const),
  ]);
  settled.abort();
  if (winner.from === 'scheduler') web.standingQuestion = undefined;
  return winner.answer;
};
