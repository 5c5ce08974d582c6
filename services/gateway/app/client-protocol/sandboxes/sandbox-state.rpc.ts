import type { OutputItem, WorkspaceId } from '@slipway/contracts';
import { BusUnavailableError } from '@slipway/messaging';
import {
  GenericResult,
  GenericResult_GenericStatus as Status,
  SandboxGetTaskIdResponse,
  SandboxTerminateResponse,
  SandboxWaitResponse,
} from '@slipway/protocol';
import { resultOfOutcome } from '../calls/result-of-outcome.js';
import { HELD_MS, pollUntil } from '../poll-time.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { idsOfSandbox } from './sandbox-ids.js';

type Parts = Pick<RpcParts, 'bus'>;

/** How the program ended; undefined while it runs. A program that ended by itself says its exit code as its output. */
const awaitResult = async (
  { bus }: Parts,
  workspaceId: WorkspaceId,
  sandboxId: string,
  untilMs: number,
): Promise<GenericResult | undefined> => {
  const { callId } = idsOfSandbox(sandboxId);
  const ask = { callId, workspaceId, afterEntry: 0, maxOutputs: 1, waitMs: HELD_MS };
  for (;;) {
    try {
      const { outputs } = await bus.park('scheduler.await-outputs', ask, { untilMs });
      const [output] = outputs;
      if (output !== undefined) return resultOf(output);
    } catch (error) {
      if (!(error instanceof BusUnavailableError)) throw error;
    }
    if (Date.now() >= untilMs) return undefined;
  }
};

/** Clients have an exit code of their own for TIMEOUT and TERMINATED alone, and take any other end for the code that it says. */
const DID_NOT_RUN = 1;

const resultOf = ({ outcome }: OutputItem): GenericResult => {
  if (outcome.kind !== 'success') return { ...resultOfOutcome(outcome, undefined), exitcode: DID_NOT_RUN };
  const payload = outcome.payload !== undefined && 'inline' in outcome.payload ? outcome.payload.inline : '';
  const exitcode = Number(Buffer.from(payload, 'base64').toString()) || 0;
  return GenericResult.fromPartial({ status: exitcode === 0 ? Status.SUCCESS : Status.FAILURE, exitcode });
};

export const sandboxWait =
  (parts: Parts): UnaryRpc<'sandboxWait'> & UnaryRpc<'sandboxWaitV2'> =>
  async ({ sandboxId, timeout }, { caller: { workspaceId } }) => {
    const { callId } = idsOfSandbox(sandboxId);
    const { appId } = await parts.bus.request('scheduler.get-call', { workspaceId, callId });
    const result = await awaitResult(parts, workspaceId, sandboxId, pollUntil(timeout));
    return SandboxWaitResponse.fromPartial({ ...(result && { result }), metadata: { appId } });
  };

/** The container in which the program runs, once it does. */
export const sandboxGetTaskId =
  (parts: Parts): UnaryRpc<'sandboxGetTaskId'> & UnaryRpc<'sandboxGetTaskIdV2'> =>
  async ({ sandboxId, timeout }, { caller: { workspaceId } }) => {
    const untilMs = pollUntil(timeout ?? 1);
    const { callId } = idsOfSandbox(sandboxId);
    const ask = { workspaceId, callId, waitMs: HELD_MS };
    do {
      const { taskId, unfinishedInputs } = await parts.bus.park('scheduler.await-task', ask, { untilMs });
      if (taskId !== undefined) return SandboxGetTaskIdResponse.fromPartial({ taskId });
      if (unfinishedInputs > 0) continue;
      const taskResult = await awaitResult(parts, workspaceId, sandboxId, untilMs);
      return SandboxGetTaskIdResponse.fromPartial(taskResult === undefined ? {} : { taskResult });
    } while (Date.now() < untilMs);
    return SandboxGetTaskIdResponse.create();
  };

export const sandboxTerminate =
  (parts: Parts): UnaryRpc<'sandboxTerminate'> & UnaryRpc<'sandboxTerminateV2'> =>
  async ({ sandboxId }, { caller: { workspaceId } }) => {
    const { callId } = idsOfSandbox(sandboxId);
    const existingResult = await awaitResult(parts, workspaceId, sandboxId, Date.now());
    if (existingResult !== undefined) return SandboxTerminateResponse.fromPartial({ existingResult });
    await parts.bus.request('scheduler.cancel-call', { callId, workspaceId, terminateContainers: true });
    return SandboxTerminateResponse.create();
  };
