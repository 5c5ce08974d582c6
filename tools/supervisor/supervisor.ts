import { setTimeout as sleep } from 'node:timers/promises';
import { comparePlans } from './compare-plans.ts';
import type { Plan, ProcessSpec } from './process-spec.ts';
import type { ProcessStatus } from './process-status.ts';
import { stopOrder } from './stop-order.ts';
import { SupervisedProcess, type Folders } from './supervised-process.ts';

const readyPollMs = 50;

/** Keeps the processes of a plan running, and changes them to those of another plan when it is given one. */
export class Supervisor {
  readonly #folders: Folders;
  readonly #processes = new Map<string, SupervisedProcess>();
  #stopped = false;

  constructor(folders: Folders) {
    this.#folders = folders;
  }

  /** Makes the running processes those of `plan`: what has not changed is left alone. */
  async apply(plan: Plan): Promise<void> {
    const running: Plan = { processes: [...this.#processes.values()].map(({ spec }) => spec) };
    const change = comparePlans(running, plan);
    await this.#stopAll([...change.stop, ...change.replace].map(({ name }) => this.#named(name)));
    for (const { name } of change.stop) this.#processes.delete(name);
    const fresh = [...change.start, ...change.replace].map((spec) => this.#add(spec));
    void this.#startInOrder(fresh);
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

  #add(spec: ProcessSpec): SupervisedProcess {
    const process = new SupervisedProcess(spec, this.#folders);
    this.#processes.set(spec.name, process);
    return process;
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
  async #startInOrder(processes: readonly SupervisedProcess[]): Promise<void> {
    const isServer = ({ spec }: SupervisedProcess) => spec.tier === 'infrastructure';
    await Promise.all(processes.filter(isServer).map((process) => process.start()));
    await this.#untilReady([...this.#processes.values()].filter(isServer));
    if (this.#stopped) return;
    await Promise.all(processes.filter((process) => !isServer(process)).map((process) => process.start()));
  }

  async #untilReady(servers: readonly SupervisedProcess[]): Promise<void> {
    for (const server of servers) {
      while (!this.#stopped && (await server.health()) !== 'ready') await sleep(readyPollMs);
    }
  }
}
