import { readdirSync, readFileSync } from 'node:fs';
import type { Home } from '../../platform/home.ts';
import { askSupervisor } from '../../supervisor/ask-supervisor.ts';

/** Processor time used so far, in milliseconds, by the name of a process. */
export type ProcessTimes = Readonly<Record<string, number>>;

// Linux reports in ticks of 10 ms on every architecture that we run on.
const tickMs = 10;

/** What every process of the platform has used so far, PostgreSQL with its backends, and the containers of its workers. */
export const processTimes = async (home: Home): Promise<ProcessTimes> => {
  const state = await askSupervisor(home.folder, { command: 'status' });
  if (!state) throw new Error(`no platform runs in ${home.folder}; start it with ./tools/up`);
  const all = readProcesses();
  const times: Record<string, number> = { containers: 0 };
  for (const { name, pid } of state.processes) {
    if (pid === null) continue;
    const below = descendants(all, pid);
    const own = all.get(pid)?.usedMs ?? 0;
    if (name.startsWith('worker-')) {
      times[name] = own;
      times['containers']! += sum(all, below);
    } else times[name] = own + sum(all, below);
  }
  return times;
};

/** Adds up what the processes use while something is measured. */
export class TimesMeter {
  readonly #home: Home;
  readonly #used: Record<string, number> = {};

  constructor(home: Home) {
    this.#home = home;
  }

  /** Milliseconds of each process, over all that was measured. */
  get used(): ProcessTimes {
    return { ...this.#used };
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    const before = await processTimes(this.#home);
    const result = await work();
    for (const [name, ms] of Object.entries(await processTimes(this.#home)))
      this.#used[name] = (this.#used[name] ?? 0) + Math.max(0, ms - (before[name] ?? 0));
    return result;
  }
}

type ReadProcess = Readonly<{ parent: number; usedMs: number }>;

const readProcesses = (): ReadonlyMap<number, ReadProcess> => {
  const found = new Map<number, ReadProcess>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name in brackets may hold anything; what follows it is numbers, beginning with field 3.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ticks = Number(fields[11]) + Number(fields[12]);
      found.set(Number(name), { parent: Number(fields[1]), usedMs: ticks * tickMs });
    } catch {
      // It ended while we looked.
    }
  }
  return found;
};

const descendants = (all: ReadonlyMap<number, ReadProcess>, pid: number): number[] =>
  [...all]
    .filter(([, { parent }]) => parent === pid)
    .flatMap(([child]) => [child, ...descendants(all, child)]);

const sum = (all: ReadonlyMap<number, ReadProcess>, pids: readonly number[]): number =>
  pids.reduce((total, pid) => total + (all.get(pid)?.usedMs ?? 0), 0);
