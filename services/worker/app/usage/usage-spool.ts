import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { UsageFact } from '@slipway/contracts';
import type { Logger } from '@slipway/telemetry';

/** What one question to billing may carry; the bus takes messages of 1 MiB. */
const BATCH_LIMIT_BYTES = 256 * 1024;
const RETRY_PAUSE_MS = 1_000;

export type UsageBatch = Readonly<{ name: string; facts: readonly UsageFact[] }>;

type Waiting = Readonly<{ text: string; written: () => void }>;

/**
 * Usage facts that billing has not acknowledged, on the worker's disk. What `append` has settled for survives the end of the
 * process and of the machine's power. A file is a batch: written beside, synced and renamed, so that it is whole or not there;
 * facts that come while one is written go into the next together.
 */
export class UsageSpool {
  private waiting: Waiting[] = [];
  private state: 'idle' | 'writing' = 'idle';
  private wake: () => void = () => undefined;

  private constructor(
    private readonly folder: string,
    private names: string[],
    private nextNumber: number,
    private readonly logger: Logger,
  ) {}

  /** Finds what an earlier process left. */
  static async open(folder: string, logger: Logger): Promise<UsageSpool> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const found = await readdir(folder);
    for (const name of found.filter((other) => other.endsWith('.partial'))) await rm(join(folder, name));
    const names = found.filter((name) => /^\d+\.json$/.test(name)).toSorted();
    const numbers = found.map((name) => Number.parseInt(name, 10)).filter(Number.isInteger);
    const last = numbers.reduce((most, number) => Math.max(most, number), -1);
    return new UsageSpool(folder, names, last + 1, logger);
  }

  /** Settles when the facts are durable. A disk that takes nothing is tried again until it does. */
  async append(facts: readonly UsageFact[]): Promise<void> {
    const durable = facts.map(
      (fact) => new Promise<void>((written) => this.waiting.push({ text: JSON.stringify(fact), written })),
    );
    if (this.state === 'idle') void this.writeAll();
    await Promise.all(durable);
  }

  /** The oldest batch that can be read, as soon as there is one; undefined when `over` says so. */
  async first(over: AbortSignal): Promise<UsageBatch | undefined> {
    while (!over.aborted) {
      const [name] = this.names;
      if (name === undefined) await this.untilAppended(over);
      else {
        const facts = await this.read(name, over);
        if (facts !== undefined) return { name, facts };
      }
    }
    return undefined;
  }

  /** Billing has it. */
  async remove({ name }: UsageBatch): Promise<void> {
    this.forget(name);
    await rm(join(this.folder, name), { force: true });
  }

  /** Billing has it but for `tooLarge`, which the bus can never carry: a file for a person to look at keeps those. */
  async setAside(batch: UsageBatch, tooLarge: readonly UsageFact[]): Promise<void> {
    await this.write(`${batch.name}.too-large`, textOf(tooLarge.map((fact) => JSON.stringify(fact))));
    await this.remove(batch);
  }

  get isEmpty(): boolean {
    return this.names.length === 0 && this.waiting.length === 0;
  }

  private async writeAll(): Promise<void> {
    this.state = 'writing';
    while (this.waiting.length > 0) {
      const batch = this.nextBatch();
      try {
        const name = `${String(this.nextNumber).padStart(12, '0')}.json`;
        await this.write(name, textOf(batch.map(({ text }) => text)));
        this.nextNumber += 1;
        this.names.push(name);
        this.wake();
        this.waiting.splice(0, batch.length);
        for (const { written } of batch) written();
      } catch (error) {
        this.logger.error({ err: error, facts: this.waiting.length }, 'usage facts could not be written');
        await pause(RETRY_PAUSE_MS);
      }
    }
    this.state = 'idle';
  }

  private nextBatch(): readonly Waiting[] {
    let bytes = 0;
    const end = this.waiting.findIndex(({ text }) => (bytes += Buffer.byteLength(text)) > BATCH_LIMIT_BYTES);
    return this.waiting.slice(0, end === -1 ? undefined : Math.max(1, end));
  }

  private async write(name: string, text: string): Promise<void> {
    const partial = join(this.folder, `${name}.partial`);
    const file = await open(partial, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, join(this.folder, name));
    await this.syncFolder();
  }

  /** A renamed file is durable once its folder is. */
  private async syncFolder(): Promise<void> {
    const folder = await open(this.folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  /**
   * A file that holds no facts is set aside for a person to look at. One that cannot be read now is read again, after the others:
   * the process may be out of file descriptors, or the disk may be in trouble.
   */
  private async read(name: string, over: AbortSignal): Promise<readonly UsageFact[] | undefined> {
    const file = join(this.folder, name);
    try {
      return JSON.parse(await readFile(file, 'utf8')) as readonly UsageFact[];
    } catch (error) {
      this.forget(name);
      if (error instanceof SyntaxError) {
        this.logger.error({ err: error, file }, 'a file of usage facts is broken and set aside');
        await rename(file, `${file}.unreadable`).catch(() => undefined);
      } else {
        this.logger.error({ err: error, file }, 'a file of usage facts cannot be read now');
        this.names.push(name);
        await pause(RETRY_PAUSE_MS, undefined, { signal: over }).catch(() => undefined);
      }
      return undefined;
    }
  }

  private forget(name: string): void {
    this.names = this.names.filter((other) => other !== name);
  }

  private async untilAppended(over: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const end = (): void => {
        over.removeEventListener('abort', end);
        resolve();
      };
      this.wake = end;
      over.addEventListener('abort', end, { once: true });
    });
  }
}

const textOf = (facts: readonly string[]): string => `[${facts.join(',\n')}]\n`;
