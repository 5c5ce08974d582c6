import { Client, credentials, Server, ServerCredentials, type ServerWritableStream } from '@grpc/grpc-js';
import { explainTooLarge } from '@slipway/protocol';
import { http2StreamOf } from './await-window.js';

test("the window of a call's connection is known, as the control socket serves it", async () => {
  const server = new Server({ interceptors: [explainTooLarge] });
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const nothing = Buffer.alloc(0);
  const bytes = {
    requestSerialize: () => nothing,
    requestDeserialize: (request: Buffer) => request,
    responseSerialize: (response: Buffer) => response,
    responseDeserialize: (response: Buffer) => response,
  };
  const method = { path: '/spec/Stream', requestStream: false, responseStream: true, ...bytes };
  server.addService(
    { stream: method },
    {
      stream: (call: ServerWritableStream<Buffer, Buffer>) => {
        resolve(http2StreamOf(call)?.session?.state.remoteWindowSize);
        call.end();
      },
    },
  );
  const port = await new Promise<number>((done, failed) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? failed(error) : done(bound),
    ),
  );
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const stream = client.makeServerStreamRequest(
    method.path,
    bytes.requestSerialize,
    bytes.responseDeserialize,
    nothing,
  );
  stream.on('error', () => undefined).resume();
  const remoteWindowSize = await promise;
  client.close();
  server.forceShutdown();
  expect(remoteWindowSize).toBeGreaterThan(0);
});
