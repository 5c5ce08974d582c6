import { setTimeout as pause } from 'node:timers/promises';
import type { ConsumerMessages, JsMsg, NatsConnection } from 'nats';
import { openReader, type ReaderStart } from './open-reader.js';

export type ReadOptions = Readonly<{
  stream: string;
  subjects: readonly string[];
  untilMs: number;
  cancelled: AbortSignal;
  /** What becomes of what was read ahead when the time is over. Where it is left, a slow reader does not hold the reading for longer. */
  cameAhead: 'handed-on' | 'left';
  /** For subjects to which little is added any more: what ends the reading, and hears of it, when all was read and this long nothing came. */
  quiet?: Readonly<{ ms: number; reached: () => void }>;
}> &
  ReaderStart;

const AWAY_PAUSE_MS = 1_000;

/**
 * The messages of some subjects in their order, those to come included, until the time is over or the reader is gone.
 * Where the bus is away, or a message was lost on the way, it ends early: whoever reads holds a cursor and comes again.
 */
export async function* readStream(connection: NatsConnection, options: ReadOptions): AsyncIterable<JsMsg> {
  const { stream, subjects, untilMs, cancelled, cameAhead, quiet, ...start } = options;
  if (cancelled.aborted) return;
  const reader = await openReader(connection, { stream, subjects, start }).catch(() => undefined);
  if (reader === undefined) {
    await pause(AWAY_PAUSE_MS);
    return;
  }
  const { messages } = reader;
  let over = false;
  const stop = (): void => {
    over = true;
    messages.stop();
  };
  const clock = Number.isFinite(untilMs) ? setTimeout(stop, Math.max(0, untilMs - Date.now())) : undefined;
  cancelled.addEventListener('abort', stop, { once: true });
  const silence = new Silence(quiet, stop);
  try {
    if (cancelled.aborted) return;
    if (reader.pending === 0) silence.begins();
    for await (const message of withoutGap(messages)) {
      silence.ends();
      yield message;
      if (cancelled.aborted || (over && cameAhead === 'left')) return;
      if (message.info.pending === 0) silence.begins();
    }
  } finally {
    clearTimeout(clock);
    silence.ends();
    cancelled.removeEventListener('abort', stop);
    reader.close();
  }
}

class Silence {
  private clock: NodeJS.Timeout | undefined;

  constructor(
    private readonly quiet: ReadOptions['quiet'],
    private readonly stop: () => void,
  ) {}

  begins(): void {
    const { quiet, stop } = this;
    if (quiet === undefined) return;
    this.clock = setTimeout(() => {
      quiet.reached();
      stop();
    }, quiet.ms);
  }

  ends(): void {
    clearTimeout(this.clock);
  }
}

async function* withoutGap(messages: ConsumerMessages): AsyncIterable<JsMsg> {
  let delivered = 0;
  try {
    for await (const message of messages) {
      if (message.info.deliverySequence !== delivered + 1) return;
      delivered += 1;
      yield message;
    }
  } catch {
    // The consumer is gone with a restarted server.
  }
}
