import { setTimeout as pause } from 'node:timers/promises';
import {
  LINE_COUNTS_HEADER,
  lineCountsOf,
  logSubject,
  writeLineCounts,
  type LogBatch,
  type LogEntry,
  type TaskAssignment,
} from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import { headers, JSONCodec } from 'nats';

const BATCH_MS = 40;
const RETRY_PAUSE_MS = 200;
/** A message may hold 1 MiB; entries are at most 32 Ki characters. */
const BATCH_CHARACTERS = 200_000;
/** What may wait of one container; one that says more waits in its turn, so that nothing it says is lost. */
const MOST_WAITING_CHARACTERS = 4 * 1024 * 1024;

const codec = JSONCodec<LogBatch>();
const sizeOf = (entry: LogEntry): number => (entry.kind === 'output' ? entry.data.length : 0) + 100;

/** One task's way into the stream of logs: in order, acknowledged, sent again until it is. */
export class LogPublisher {
  private waiting: LogEntry[] = [];
  private waitingCharacters = 0;
  private sending: Promise<void> | undefined;
  private sequence = 0;
  private untilRoom: (() => void)[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly task: Pick<TaskAssignment, 'appId' | 'functionId' | 'baseFunctionId' | 'taskId'>,
  ) {}

  /** Undefined while there is room for more; else what to wait for before saying more. */
  add(entry: LogEntry): Promise<void> | undefined {
    this.waiting.push(entry);
    this.waitingCharacters += sizeOf(entry);
    this.sending ??= this.sendAll().finally(() => (this.sending = undefined));
    if (this.waitingCharacters < MOST_WAITING_CHARACTERS) return undefined;
    return new Promise((resolve) => this.untilRoom.push(resolve));
  }

  /** Settles when all that was added before is in the stream. */
  async flush(): Promise<void> {
    while (this.sending !== undefined) await this.sending;
  }

  private async sendAll(): Promise<void> {
    await pause(BATCH_MS);
    while (this.waiting.length > 0) {
      await this.sendBatch(this.takeBatch());
      if (this.waitingCharacters >= MOST_WAITING_CHARACTERS / 2) continue;
      for (const goOn of this.untilRoom.splice(0)) goOn();
    }
  }

  private takeBatch(): readonly LogEntry[] {
    let characters = 0;
    let count = 0;
    while (count < this.waiting.length && (count === 0 || characters < BATCH_CHARACTERS))
      characters += sizeOf(this.waiting[count++]!);
    this.waitingCharacters -= characters;
    return this.waiting.splice(0, count);
  }

  private async sendBatch(entries: readonly LogEntry[]): Promise<void> {
    const { appId, functionId, baseFunctionId, taskId } = this.task;
    const message = codec.encode({ appId, functionId, baseFunctionId, taskId, entries });
    const counted = headers();
    counted.set(
      LINE_COUNTS_HEADER,
      writeLineCounts(lineCountsOf(entries.filter((entry) => entry.kind === 'output'))),
    );
    const msgID = `${taskId}-log-${(this.sequence += 1)}`;
    for (;;) {
      try {
        await this.bus.connection
          .jetstream()
          .publish(logSubject(this.task), message, { msgID, headers: counted });
        return;
      } catch {
        if (this.bus.connection.isClosed()) return;
        await pause(RETRY_PAUSE_MS);
      }
    }
  }
}
