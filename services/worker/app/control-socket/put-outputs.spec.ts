import type { PutOutputs, TakenInput, TaskAssignment } from '@slipway/contracts';
import {
  FunctionPutOutputsRequest,
  GenericResult,
  GenericResult_GenericStatus as Status,
} from '@slipway/protocol';
import { ContainerSession } from './container-session.js';
import { putOutputs } from './put-outputs.js';

const nothing = (): void => undefined;

test('inputs that end with one that was to be cancelled are told as interrupted, later ones are not', async () => {
  const session = new ContainerSession({ taskId: 'ta-1', inputTimeoutMs: 60_000 } as TaskAssignment, {
    ...{ onHello: nothing, onReady: nothing, onInitFailure: nothing },
    ...{ onLeaving: nothing, onOverdue: nothing, onHeld: nothing },
  });
  const put: PutOutputs[] = [];
  const host = {
    bus: { persist: async (_name: string, outputs: PutOutputs) => (put.push(outputs), { next: [] }) },
    config: { workerId: 'wo-1' },
  } as never;
  const endAsCancelled = async (...inputIds: readonly string[]) => {
    const result = GenericResult.fromPartial({ status: Status.TERMINATED });
    const outputs = inputIds.map((inputId) => ({ inputId, result }));
    await putOutputs(host, session, FunctionPutOutputsRequest.fromPartial({ outputs }));
  };
  const take = (...inputIds: readonly string[]) =>
    session.inputs.take(
      inputIds.map((inputId) => ({ inputId, callId: 'fc-1', retryCount: 0 }) as TakenInput),
      0,
    );
  take('in-1', 'in-2');
  session.cancel(['in-1']);
  await session.cancellations(0);
  await endAsCancelled('in-1', 'in-2');
  take('in-3');
  await endAsCancelled('in-3');
  session.close();
  expect(put.map(({ interrupted }) => interrupted)).toEqual([true, undefined]);
});
