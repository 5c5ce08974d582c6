import type { Caller } from '@slipway/gateway-core';
import type { ModalClientService, ObjectIdPrefix, RpcHeaders } from '@slipway/protocol';

type Service = ModalClientService;

export type RpcName = keyof Service;
export type RequestOf<Name extends RpcName> = ReturnType<Service[Name]['requestDeserialize']>;
export type ResponseOf<Name extends RpcName> = ReturnType<Service[Name]['responseDeserialize']>;

/** What an rpc knows of its request beside the message. */
export interface RpcCall {
  readonly caller: Caller;
  readonly headers: RpcHeaders;
  /** The host of the server URL as the client has it; of a relayed request, as its worker has it. */
  readonly host: string;
  /** The address that the request came from. */
  readonly peer: string;
  /** The client went away, or the connection did. */
  readonly cancelled: AbortSignal;
  /** The id of what this request makes: the same for every attempt of the request. */
  newId(prefix: ObjectIdPrefix): string;
}

/** Answers an rpc of one message. May run several times for one request, so doing it twice must be as doing it once. */
export type UnaryRpc<Name extends RpcName> = (
  request: RequestOf<Name>,
  call: RpcCall,
) => Promise<ResponseOf<Name>>;

/** Answers an rpc with a stream, which ends when the iteration does. */
export type StreamingRpc<Name extends RpcName> = (
  request: RequestOf<Name>,
  call: RpcCall,
) => AsyncIterable<ResponseOf<Name>>;

type StreamingName = {
  [Name in RpcName]: Service[Name]['responseStream'] extends true ? Name : never;
}[RpcName];

/** One answer for each rpc of the schema: the compiler names the one that is missing. */
export type RpcAnswers = {
  readonly [Name in RpcName]: Name extends StreamingName ? StreamingRpc<Name> : UnaryRpc<Name>;
};
