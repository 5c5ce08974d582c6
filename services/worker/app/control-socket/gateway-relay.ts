import {
  Client,
  Metadata,
  credentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
} from '@grpc/grpc-js';
import type { TaskAssignment } from '@slipway/contracts';
import { MESSAGE_LIMITS } from './message-limits.js';

const asIs = (bytes: Buffer): Buffer => bytes;
/** Belongs to the hop, or names who is asking, which a container never says of itself. */
const OWN_HEADER = /^(x-slipway-|:|te$|content-type$|user-agent$|grpc-)/;

/** Hands rpcs that are not the worker's own to the gateway, byte for byte, in the name of the container that made them. */
export class GatewayRelay {
  private readonly client: Client;

  constructor(
    gatewayUrl: string,
    private readonly internalKey: string,
    /** Where its containers reach the blob-store. */
    private readonly blobStoreUrl: string,
  ) {
    this.client = new Client(
      gatewayUrl.replace(/^https?:\/\//, ''),
      credentials.createInsecure(),
      MESSAGE_LIMITS,
    );
  }

  unary(path: string, task: TaskAssignment) {
    return (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>): void => {
      const ahead = this.client.makeUnaryRequest(
        path,
        asIs,
        asIs,
        call.request,
        this.headersFor(call.metadata, task),
        { deadline: call.getDeadline() },
        (error, response) => (error === null ? answer(null, response) : answer(error)),
      );
      call.on('cancelled', () => ahead.cancel());
    };
  }

  serverStream(path: string, task: TaskAssignment) {
    return (call: ServerWritableStream<Buffer, Buffer>): void => {
      const ahead = this.client.makeServerStreamRequest(
        path,
        asIs,
        asIs,
        call.request,
        this.headersFor(call.metadata, task),
        { deadline: call.getDeadline() },
      );
      ahead.on('data', (message: Buffer) => {
        if (call.write(message)) return;
        ahead.pause();
        call.once('drain', () => ahead.resume());
      });
      ahead.on('end', () => call.end());
      ahead.on('error', (error) => call.emit('error', error));
      call.on('cancelled', () => ahead.cancel());
    };
  }

  close(): void {
    this.client.close();
  }

  private headersFor(given: Metadata, task: TaskAssignment): Metadata {
    const headers = new Metadata();
    for (const name of Object.keys(given.getMap()))
      if (!OWN_HEADER.test(name)) for (const value of given.get(name)) headers.add(name, value);
    const { taskId, workspaceId, environment, appId, functionId } = task;
    const { blobStoreUrl } = this;
    const named = { taskId, workspaceId, environment, appId, functionId, blobStoreUrl };
    headers.set('x-slipway-internal-key', this.internalKey);
    headers.set('x-slipway-task', Buffer.from(JSON.stringify(named)).toString('base64'));
    return headers;
  }
}
