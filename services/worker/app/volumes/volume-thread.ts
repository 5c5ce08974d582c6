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
  private lastId = 0;
  private gone: Error | undefined;

  /** `program` is the compiled volume.thread.js. */
  constructor(
    program: URL,
    private readonly folder: string,
    start: ThreadStart,
    { onTold, onGone }: ThreadEvents,
  ) {
    this.thread = new Worker(program, { workerData: start, name: 'volume' });
    this.thread.on('message', (told: Told) => {
      if (told.tell !== 'answer') return onTold(told);
      this.waiting.get(told.id)?.resolve(told.value);
      this.waiting.delete(told.id);
    });
    const end = (why: Error): void => {
      if (this.gone !== undefined) return;
      this.gone = why;
      for (const { reject } of this.waiting.values()) reject(why);
      this.waiting.clear();
      onGone(why);
    };
    this.thread.once('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
    this.thread.once('exit', (code) => end(new Error(`the volume's thread ended with code ${code}`)));
  }

  /** Asks, and knocks: the thread waits for the kernel, which passes a statfs of the mount on to it. */
  async ask<Ask extends Question['ask']>(question: Extract<Question, { ask: Ask }>): Promise<AnswerTo<Ask>> {
    if (this.gone !== undefined) throw this.gone;
    const id = (this.lastId += 1);
    const answered = new Promise<unknown>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    answered.catch(() => undefined);
    this.thread.postMessage({ id, ...question } satisfies Asked);
    await statfs(this.folder);
    return (await answered) as AnswerTo<Ask>;
  }
}
