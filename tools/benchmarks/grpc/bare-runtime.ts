import {
  DataFormat,
  FunctionGetInputsRequest,
  FunctionPutOutputsRequest,
  GenericResult_GenericStatus,
} from '@slipway/protocol';
import { RpcClient } from './rpc-client.ts';

// What pickle makes of 0.
const zero = Buffer.from('80044b002e', 'hex');

/** Speaks on a container's control socket as the runtime in it would, and answers every input at once. Ends with the container. */
const runBareRuntime = async (socketPath: string, functionId: string): Promise<void> => {
  const client = new RpcClient(`unix:${socketPath}`);
  const ask = FunctionGetInputsRequest.fromPartial({ functionId, inputConcurrency: 1 });
  for (;;) {
    const { inputs } = await client.call('functionGetInputs', ask);
    if (inputs.some(({ killSwitch }) => killSwitch)) return client.close();
    if (inputs.length === 0) continue;
    const now = Date.now() / 1000;
    await client.call(
      'functionPutOutputs',
      FunctionPutOutputsRequest.fromPartial({
        outputs: inputs.map(({ inputId, retryCount }) => ({
          inputId,
          retryCount,
          inputStartedAt: now,
          outputCreatedAt: now,
          dataFormat: DataFormat.PICKLE,
          result: {
            status: GenericResult_GenericStatus.SUCCESS,
            dataOneof: { $case: 'data' as const, value: zero },
          },
        })),
        requestedAt: now,
      }),
    );
  }
};

const [functionId, ...sockets] = process.argv.slice(2);
await Promise.all(sockets.map((socket) => runBareRuntime(socket, functionId!)));
