import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { Subscription } from 'nats';
import type { Bus } from './bus.js';
import { decode, encode, type Envelope } from './envelope.js';

/**
 * Nest's transport over the bus: each request of the contracts is one subject, shared by the processes of a service.
 * `instance` (a worker's id) makes the requests that ask one process answerable under `<name>.<instance>` as well.
 */
export class NatsStrategy extends Server implements CustomTransportStrategy {
  private subscriptions: Subscription[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly onFault: (subject: string, fault: string) => void,
    private readonly instance?: string,
  ) {
    super();
  }

  listen(done: (error?: unknown) => void): void {
    for (const [pattern, handler] of this.messageHandlers) {
      const answer = async (data: Uint8Array): Promise<Uint8Array> => {
        const result = this.transformToObservable(await handler(decode(data)));
        const envelope = (await lastValueFrom(result)) as Envelope;
        if ('fault' in envelope) this.onFault(pattern, envelope.fault);
        return encode(envelope);
      };
      this.subscribe(pattern, answer, this.bus.service);
      if (this.instance !== undefined) this.subscribe(`${pattern}.${this.instance}`, answer);
    }
    done();
  }

  async close(): Promise<void> {
    await Promise.all(this.subscriptions.map((subscription) => subscription.drain().catch(() => undefined)));
  }

  on(): never {
    throw new Error('the bus has no server events');
  }

  unwrap<Connection>(): Connection {
    return this.bus.connection as Connection;
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
            // An answer that is too large for the bus is a fault as well: whoever asked would wait for ever.
            .catch((fault: unknown) => {
              this.onFault(subject, String(fault));
              message.respond(encode({ fault: String(fault) } satisfies Envelope));
            });
        },
      }),
    );
  }
}
