import { setTimeout as pause } from 'node:timers/promises';
import { logSubject, type LogBatch, type LogEntry, type TaskAssignment } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import { JSONCodec } from 'nats';

const BATCH_MS = 40;
const RETRY_PAUSE_MS = 200;
/** A message may hold 1 MiB; entries are at most 32 Ki characters. */
const BATCH_CHARACTERS = 200_000;
/** While the bus is away a container may say this much; then its earliest words are given up. */
const RETAINED_CHARACTERS = 32 * 1024 * 1024;

const codec = JSONCodec<LogBatch>();
const sizeOf = (entry: LogEntry): number => (entry.kind === 'output' ? entry.data.length : 0) + 100;

/** One task's way into the stream of logs: in order, acknowledged, sent again until it is. */
export class LogPublisher {
  private waiting: LogEntry[] = [];
  private waitingCharacters = 0;
  private sending: Promise<void> | undefined;
  private sequence = 0;

  constructor(
    private readonly bus: Bus,
    private readonly task: Pick<TaskAssignment, 'appId' | 'functionId' | 'taskId'>,
  ) {}

  add(entry: LogEntry): void {
    this.waiting.push(entry);
    this.waitingCharacters += sizeOf(entry);
    while (this.waitingCharacters > RETAINED_CHARACTERS)
      this.waitingCharacters -= sizeOf(this.waiting.shift()!);
    this.sending ??= this.sendAll().finally(() => (this.sending = undefined));
  }

  /** Settles when all that was added before is in the stream. */
  async flush(): Promise<void> {
    while (this.sending !== undefined) await this.sending;
  }

  private async sendAll(): Promise<void> {
    await pause(BATCH_MS);
    while (this.waiting.length > 0) await this.sendBatch(this.takeBatch());
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
    const { appId, functionId, taskId } = this.task;
    const subject = logSubject(appId, taskId);
    const message = codec.encode({ appId, functionId, taskId, entries });
    const msgID = `${taskId}-log-${(this.sequence += 1)}`;
    for (;;) {
      try {
        await this.bus.connection.jetstream().publish(subject, message, { msgID });
        return;
      } catch {
        if (this.bus.connection.isClosed()) return;
        await pause(RETRY_PAUSE_MS);
      }
    }
  }
}
