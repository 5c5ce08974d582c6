import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { Subscription } from 'nats';
import type { Bus } from './bus.js';
import { decode, encode, type Envelope } from './envelope.js';
import { refuseTooLarge } from './refuse-too-large.js';

/**
 * Nest's transport over the bus: each request of the contracts is one subject, shared by the processes of a service.
 * `instance` (a worker's id) makes the requests that ask one process answerable under `<name>.<instance>` as well.
 */
export class NatsStrategy extends Server implements CustomTransportStrategy {
  private subscriptions: Subscription[] = [];
  private isClosed = false;

  constructor(
    private readonly bus: Bus,
    private readonly onFault: (subject: string, fault: string) => void,
    private readonly instance?: string,
  ) {
    super();
  }

  listen(done: (error?: unknown) => void): void {
    if (this.isClosed) return done();
    for (const [pattern, handler] of this.messageHandlers) {
      const answer = async (data: Uint8Array): Promise<Uint8Array> => {
        const result = this.transformToObservable(await handler(decode(data)));
        const envelope = (await lastValueFrom(result)) as Envelope;
        if ('fault' in envelope) this.onFault(pattern, envelope.fault);
        return this.sendable(pattern, encode(envelope));
      };
      this.subscribe(pattern, answer, this.bus.service);
      if (this.instance !== undefined) this.subscribe(`${pattern}.${this.instance}`, answer);
    }
    done();
  }

  /** From now on requests are left to the other processes of the service; closed before it listens, it never does. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all(this.subscriptions.map((subscription) => subscription.drain().catch(() => undefined)));
  }

  on(): never {
    throw new Error('the bus has no server events');
  }

  unwrap<Connection>(): Connection {
    return this.bus.connection as Connection;
  }

  /** Whoever asked hears of an answer that is too large, and does not ask for it again. */
  private sendable(pattern: string, bytes: Uint8Array): Uint8Array {
    const refusal = refuseTooLarge(`The answer to ${pattern}`, bytes, this.bus.connection.info?.max_payload);
    if (refusal === undefined) return bytes;
    this.onFault(pattern, refusal.message);
    return encode({ refusal } satisfies Envelope);
  }

  private subscribe(
    subject: string,
    answer: (data: Uint8Array) => Promise<Uint8Array>,
    queue?: string,
  ): void {
    this.subscriptions.push(
      this.bus.connection.subscribe(subject, {
        ...(queue === undefined ? {} : { queue }),
        callback: (error, message) => {
          if (error) return this.onFault(subject, error.message);
          void answer(message.data)
            .then((bytes) => message.respond(bytes))
            // Whoever asked would wait for ever.
            .catch((fault: unknown) => {
              this.onFault(subject, String(fault));
              message.respond(encode({ fault: String(fault) } satisfies Envelope));
            });
        },
      }),
    );
  }
}
