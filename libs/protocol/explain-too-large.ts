import { status, type ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js';

const FROM_GRPC = /^Received message (larger than max|that decompresses to a size larger than)/;

/**
 * Refuses a message over the server's limit as what it is. gRPC itself says RESOURCE_EXHAUSTED, which clients take for a queue that is
 * full, and put the same again for ever; by `status = '413'` they know that it never fits. To be the first of the interceptors.
 */
export const explainTooLarge: ServerInterceptor = (_method, call) => {
  const sendStatus = call.sendStatus.bind(call);
  call.sendStatus = (said) =>
    sendStatus(
      said.code === status.RESOURCE_EXHAUSTED && FROM_GRPC.test(said.details ?? '')
        ? {
            code: status.INVALID_ARGUMENT,
            details: `The request is too large (status = '413'): ${said.details}; send it in smaller parts.`,
          }
        : said,
    );
  // Not one around it: who looks for the stream under a call would not find it.
  return call as ServerInterceptingCall;
};
