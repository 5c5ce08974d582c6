import { Client, Metadata, credentials } from '@grpc/grpc-js';
import { ModalClientService } from '@slipway/protocol';

type Service = ModalClientService;
type RpcName = keyof Service;
type RequestOf<Name extends RpcName> = ReturnType<Service[Name]['requestDeserialize']>;
type ResponseOf<Name extends RpcName> = ReturnType<Service[Name]['responseDeserialize']>;

const anySize = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

/** A client with nothing between it and the wire. */
export class RpcClient {
  readonly #client: Client;
  readonly #headers = new Metadata();

  /** `address` is `host:port` or `unix:<path>`. */
  constructor(address: string, headers: Readonly<Record<string, string>> = {}) {
    this.#client = new Client(address, credentials.createInsecure(), anySize);
    for (const [name, value] of Object.entries(headers)) this.#headers.set(name, value);
  }

  call<Name extends RpcName>(
    name: Name,
    request: RequestOf<Name>,
    deadlineMs?: number,
  ): Promise<ResponseOf<Name>> {
    const { path, requestSerialize, responseDeserialize } = ModalClientService[name];
    return new Promise((done, fail) =>
      this.#client.makeUnaryRequest(
        path,
        requestSerialize as (value: RequestOf<Name>) => Buffer,
        responseDeserialize as (bytes: Buffer) => ResponseOf<Name>,
        request,
        this.#headers,
        deadlineMs === undefined ? {} : { deadline: Date.now() + deadlineMs },
        (error, response) => (error === null ? done(response!) : fail(error)),
      ),
    );
  }

  close(): void {
    this.#client.close();
  }
}
