import type { ServerReadableStream } from '@grpc/grpc-js';
import { refuse, RefusedError } from '@slipway/kernel';
import { Empty, type FunctionCallPutDataRequest } from '@slipway/protocol';
import { takeDataOut } from '../web/bridge/bridge-rpcs.js';
import type { WebTask } from '../web/web-task.js';
import type { WorkerHost } from '../worker-host.js';
import { BoundedIntake } from './bounded-intake.js';
import type { ContainerSession } from './container-session.js';
import { dataOutOf } from './put-data-out.js';

type Requests = ServerReadableStream<FunctionCallPutDataRequest, Empty>;

/** The client puts up to 16 MiB by one request, and has one on its way for each input. */
const BOUNDS = { heldBytes: 32 * 1024 * 1024, readAtOnce: 4 };
/** What an item takes in this process beside its data. */
const ITEM_BYTES = 200;

/**
 * The rpc by which a container puts items. What waits for its way into the stream of items is bounded for each container, for this
 * process is that of all: a request beyond that is not read, and HTTP/2 holds it back in the container. That is why it is served as a
 * stream of requests; with one in it that is the unary rpc of the protocol.
 */
export const serveDataOut = (host: WorkerHost, session: ContainerSession, web: WebTask | undefined) => {
  const intake = new BoundedIntake(BOUNDS);
  const yielded = dataOutOf(host, session);
  const webCall = ({ callInfo }: FunctionCallPutDataRequest) => web?.bridge.call(callInfo?.value ?? '');
  // A web request whose reader is slow must not hold back the others of its container.
  const bytesOf = (request: FunctionCallPutDataRequest): number =>
    webCall(request) === undefined ? sizeOf(request) : 0;
  const put = async (request: FunctionCallPutDataRequest): Promise<Empty> => {
    const call = webCall(request);
    if (web !== undefined && call !== undefined) await takeDataOut(web.bridge, call, host.objects, request);
    else await yielded(request);
    return Empty.create();
  };
  return (requests: Requests): Promise<Empty> =>
    intake
      .pass(() => onlyOneOf(requests), bytesOf, put)
      .catch((error: unknown) => {
        if (requests.cancelled) return Empty.create();
        throw error;
      });
};

const onlyOneOf = async (requests: Requests): Promise<FunctionCallPutDataRequest> => {
  let only: FunctionCallPutDataRequest | undefined;
  for await (const request of requests as AsyncIterable<FunctionCallPutDataRequest>) {
    if (only !== undefined) throw notOne('more than one request');
    only = request;
  }
  if (only === undefined) throw notOne('no request');
  return only;
};

const notOne = (what: string): RefusedError =>
  new RefusedError(
    refuse('invalid', 'not-one-request', `FunctionCallPutDataOut takes one request, but there was ${what}.`),
  );

const sizeOf = ({ dataChunks }: FunctionCallPutDataRequest): number =>
  dataChunks.reduce((bytes, { dataOneof }) => bytes + ITEM_BYTES + (dataOneof?.value.length ?? 0), 0);
