import { setTimeout as sleep } from 'node:timers/promises';
import { comparePlans } from './compare-plans.ts';
import type { Plan, ProcessSpec } from './process-spec.ts';
import type { ProcessStatus } from './process-status.ts';
import { stopOrder } from './stop-order.ts';
import { SupervisedProcess, type Folders } from './supervised-process.ts';

const readyPollMs = 50;
const logsLookedAtMs = 60 * 60_000;

/** Keeps the processes of a plan running, and changes them to those of another plan when it is given one. */
export class Supervisor {
  readonly #folders: Folders;
  readonly #processes = new Map<string, SupervisedProcess>();
  #stopped = false;
  #applied: Promise<void> = Promise.resolve();
  /** Counts the plans applied: who starts the processes of an earlier one leaves the rest to the later one. */
  #plans = 0;

  constructor(folders: Folders) {
    this.#folders = folders;
    setInterval(() => this.#keepLogsSmall(), logsLookedAtMs).unref();
  }

  /** Makes the running processes those of `plan`, one plan after the other: what runs and has not changed is left alone. */
  apply(plan: Plan): Promise<void> {
    return (this.#applied = this.#applied.catch(() => undefined).then(() => this.#apply(plan)));
  }

  async restart(name: string): Promise<void> {
    await this.#named(name).restart();
  }

  async start(name: string): Promise<void> {
    await this.#named(name).restart();
  }

  async stop(name: string): Promise<void> {
    await this.#named(name).stop();
  }

  /** Stops everything, what depends on others first. */
  async stopAll(): Promise<void> {
    this.#stopped = true;
    await this.#stopAll([...this.#processes.values()]);
  }

  status(): Promise<ProcessStatus[]> {
    return Promise.all([...this.#processes.values()].map((process) => process.status()));
  }

  async #apply(plan: Plan): Promise<void> {
    const number = ++this.#plans;
    const running: Plan = { processes: [...this.#processes.values()].map(({ spec }) => spec) };
    const change = comparePlans(running, plan);
    await this.#stopAll([...change.stop, ...change.replace].map(({ name }) => this.#named(name)));
    for (const { name } of change.stop) this.#processes.delete(name);
    for (const spec of [...change.start, ...change.replace]) this.#add(spec);
    const idle = [...this.#processes.values()].filter(({ state }) => state === 'stopped');
    for (const { spec } of idle) this.#add(spec);
    void this.#startWaiting(() => !this.#stopped && number === this.#plans);
  }

  #keepLogsSmall(): void {
    for (const process of this.#processes.values()) process.keepLogSmall();
  }

  #add(spec: ProcessSpec): void {
    this.#processes.set(spec.name, new SupervisedProcess(spec, this.#folders));
  }

  #named(name: string): SupervisedProcess {
    const process = this.#processes.get(name);
    if (process) return process;
    throw new Error(
      `no process is named ${name}; there are ${[...this.#processes.keys()].join(', ') || 'none'}`,
    );
  }

  async #stopAll(processes: readonly SupervisedProcess[]): Promise<void> {
    const bySpec = processes.map((process) => ({ tier: process.spec.tier, process }));
    for (const group of stopOrder(bySpec)) await Promise.all(group.map(({ process }) => process.stop()));
  }

  // Services connect at once when they find their servers ready, instead of dying a few times first.
  async #startWaiting(isCurrent: () => boolean): Promise<void> {
    const isServer = ({ spec }: SupervisedProcess) => spec.tier === 'infrastructure';
    const all = [...this.#processes.values()];
    const servers = all.filter(isServer);
    const start = (processes: readonly SupervisedProcess[]) =>
      Promise.all(processes.filter(({ state }) => state === 'waiting').map((process) => process.start()));
    if (!isCurrent()) return;
    await start(servers);
    for (const server of servers) {
      while (isCurrent() && (await server.health()) !== 'ready') await sleep(readyPollMs);
    }
    if (isCurrent()) await start(all.filter((process) => !isServer(process)));
  }
}
