import { setTimeout as pause } from 'node:timers/promises';
import {
  MESSAGE_BYTES,
  serviceUpSubject,
  type AnswerOf,
  type AskOf,
  type RequestName,
} from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import { connect, type NatsConnection } from 'nats';
import { BusTooSmallError, BusUnavailableError, RemoteFaultError } from './bus-errors.js';
import { decode, encode, type Envelope } from './envelope.js';
import { Interruptions } from './interruptions.js';
import { refuseTooLarge } from './refuse-too-large.js';

export type BusOptions = Readonly<{ url: string; service: string }>;

const REQUEST_TIMEOUT_MS = 10_000;
const RETRY_PAUSE_MS = 100;
/** How much longer than its own `waitMs` a held question may take before it counts as lost. */
const HELD_MARGIN_MS = 5_000;

/** Requests, long polls and signals between services, over core NATS; JetStream users take `connection`. */
export class Bus {
  private readonly interruptions = new Interruptions();

  private constructor(
    readonly connection: NatsConnection,
    readonly service: string,
  ) {}

  /**
   * Connects, waiting as long as it takes, and stays connected whatever happens to the server. Throws BusTooSmallError where that
   * takes smaller messages than services send: they would be refused one by one, later.
   */
  static async connect({ url, service }: BusOptions): Promise<Bus> {
    const { protocol, username, password, host } = new URL(url);
    const connection = await connect({
      servers: `${protocol}//${host}`,
      ...(username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : {}),
      name: service,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 50,
      reconnectJitter: 50,
      waitOnFirstConnect: true,
      pingInterval: 5_000,
      // A stack trace for each request costs more than the request.
      noAsyncTraces: true,
    });
    const { max_payload: mostBytes = MESSAGE_BYTES } = connection.info ?? {};
    if (mostBytes < MESSAGE_BYTES) {
      await connection.close();
      throw new BusTooSmallError(host, mostBytes);
    }
    const bus = new Bus(connection, service);
    void bus.watchConnection();
    bus.onSignal(serviceUpSubject('*'), (_body, subject) =>
      bus.interruptions.interrupt(subject.split('.').at(-1) ?? ''),
    );
    return bus;
  }

  /**
   * Asks once. Throws RefusedError (also of a question that is too large for the bus), RemoteFaultError, or BusUnavailableError when nobody answers in time or
   * the answering service started anew meanwhile: the question may be lost with its old process.
   */
  async request<Name extends RequestName>(
    name: Name,
    body: AskOf<Name>,
    { timeoutMs = REQUEST_TIMEOUT_MS, to }: { timeoutMs?: number; to?: string } = {},
  ): Promise<AnswerOf<Name>> {
    const subject = to === undefined ? name : `${name}.${to}`;
    const question = encode(body);
    const refusal = refuseTooLarge(`The request ${name}`, question, this.connection.info?.max_payload);
    if (refusal) throw new RefusedError(refusal);
    const { interrupted, stop } = this.interruptions.next(serviceOf(name));
    const asked = this.connection.request(subject, question, { timeout: timeoutMs });
    asked.catch(() => undefined);
    try {
      const answer = await Promise.race([asked, interrupted]);
      if (answer === undefined) throw new Error('the service started anew');
      return openEnvelope<Name>(subject, decode(answer.data) as Envelope);
    } catch (cause) {
      if (cause instanceof RefusedError || cause instanceof RemoteFaultError) throw cause;
      throw new BusUnavailableError(subject, cause instanceof Error ? cause.message : String(cause));
    } finally {
      stop();
    }
  }

  /**
   * A long poll: asks again when the answering service restarts or the bus was away, until the moment `untilMs`.
   * The body's own `waitMs` says how long one question is held. Throws BusUnavailableError when the time is over without an answer.
   */
  async park<Name extends RequestName>(
    name: Name,
    body: AskOf<Name> & { readonly waitMs: number },
    { untilMs, to }: { untilMs: number; to?: string },
  ): Promise<AnswerOf<Name>> {
    for (;;) {
      const waitMs = Math.min(body.waitMs, Math.max(0, untilMs - Date.now()));
      try {
        return await this.request(
          name,
          { ...body, waitMs },
          { timeoutMs: waitMs + HELD_MARGIN_MS, ...(to === undefined ? {} : { to }) },
        );
      } catch (error) {
        if (!(error instanceof BusUnavailableError) || Date.now() >= untilMs) throw error;
        await this.pauseUnlessUp(serviceOf(name));
      }
    }
  }

  /** Asks again until it is answered: for what must not be lost. A refusal is an answer, and is thrown. */
  async persist<Name extends RequestName>(
    name: Name,
    body: AskOf<Name>,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<AnswerOf<Name>> {
    for (;;) {
      try {
        return await this.request(name, body);
      } catch (error) {
        if (error instanceof RefusedError || signal?.aborted) throw error;
        await this.pauseUnlessUp(serviceOf(name));
      }
    }
  }

  signal(subject: string, body: unknown = {}): void {
    if (!this.connection.isClosed()) this.connection.publish(subject, encode(body));
  }

  /** Calls `handler` for each signal on `subject` (wildcards allowed) until the answered function is called. */
  onSignal(subject: string, handler: (body: unknown, subject: string) => void): () => void {
    const subscription = this.connection.subscribe(subject, {
      callback: (error, message) => {
        if (!error) handler(decode(message.data), message.subject);
      },
    });
    return () => subscription.unsubscribe();
  }

  /** Tells all who wait on this service that it is up. */
  announce(): void {
    this.signal(serviceUpSubject(this.service));
  }

  async close(): Promise<void> {
    await this.connection.drain().catch(() => undefined);
  }

  /** A short pause before the next try, cut short when the service says that it is up. */
  private async pauseUnlessUp(service: string): Promise<void> {
    const { interrupted, stop } = this.interruptions.next(service);
    await Promise.race([pause(RETRY_PAUSE_MS), interrupted]);
    stop();
  }

  private async watchConnection(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'reconnect') this.interruptions.interruptAll();
    }
  }
}

const serviceOf = (name: RequestName): string => name.slice(0, name.indexOf('.'));

const openEnvelope = <Name extends RequestName>(subject: string, envelope: Envelope): AnswerOf<Name> => {
  if ('refusal' in envelope) throw new RefusedError(envelope.refusal);
  if ('fault' in envelope) throw new RemoteFaultError(subject, envelope.fault);
  return envelope.value as AnswerOf<Name>;
};
