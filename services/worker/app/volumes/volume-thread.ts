import { statfs } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { AnswerTo, Asked, Question, ThreadStart, Told } from './thread-messages.js';

type Waiting = Readonly<{ resolve: (value: unknown) => void; reject: (error: Error) => void }>;

export type ThreadEvents = Readonly<{
  onTold: (told: Exclude<Told, { tell: 'answer' }>) => void;
  /** The thread is gone, asked or not. */
  onGone: (why: Error) => void;
}>;

/** The thread that serves a mounted volume, as the rest of the worker talks with it. */
export class VolumeThread {
  private readonly thread: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private readonly ended: Promise<void>;
  private lastId = 0;
  private gone: Error | undefined;

  /** `program` is the compiled volume.thread.js. */
  constructor(
    program: URL,
    private readonly folder: string,
    start: ThreadStart,
    private readonly events: ThreadEvents,
  ) {
    this.thread = new Worker(program, { workerData: start, name: 'volume' });
    this.thread.on('message', (told: Told) => {
      if (told.tell !== 'answer') return events.onTold(told);
      this.waiting.get(told.id)?.resolve(told.value);
      this.waiting.delete(told.id);
    });
    this.thread.once('error', (error) => this.end(error instanceof Error ? error : new Error(String(error))));
    this.ended = new Promise((resolve) => {
      this.thread.once('exit', (code) => {
        this.end(new Error(`the volume's thread ended with code ${code}`));
        resolve();
      });
    });
  }

  /** Asks, and knocks: the thread waits for the kernel, which passes a statfs of the mount on to it. */
  async ask<Ask extends Question['ask']>(question: Extract<Question, { ask: Ask }>): Promise<AnswerTo<Ask>> {
    if (this.gone !== undefined) throw this.gone;
    const id = (this.lastId += 1);
    const answered = new Promise<unknown>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    answered.catch(() => undefined);
    this.thread.postMessage({ id, ...question } satisfies Asked);
    // Somebody else's statfs may have passed the question on already, and the thread be gone before ours: not waited for.
    void statfs(this.folder).catch((error: Error) => this.end(error));
    return (await answered) as AnswerTo<Ask>;
  }

  /** Ends the thread, if it has not ended by itself. */
  async stop(): Promise<void> {
    await this.ask({ ask: 'stop' }).catch(() => undefined);
    await this.ended;
  }

  private readonly end = (why: Error): void => {
    if (this.gone !== undefined) return;
    this.gone = why;
    for (const { reject } of this.waiting.values()) reject(why);
    this.waiting.clear();
    this.events.onGone(why);
  };
}
