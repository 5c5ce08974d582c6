import type { ModalClientServer } from '@slipway/protocol';
import type { handleUnaryCall } from '@grpc/grpc-js';

type RequestOf<Handler> = Handler extends handleUnaryCall<infer Request, infer _Response> ? Request : never;
type ResponseOf<Handler> = Handler extends handleUnaryCall<infer _Request, infer Response> ? Response : never;

/** Rpcs that the worker answers itself, each by its name. */
export type ContainerRpcs = {
  readonly [Name in keyof ModalClientServer]?: (
    request: RequestOf<ModalClientServer[Name]>,
  ) => Promise<ResponseOf<ModalClientServer[Name]>>;
};
