import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem } from 'node:os';
import { runQuietly } from '../../terminal/run-quietly.ts';

/** What a reader must know of the machine to judge a number. */
export const machineFacts = async (checkout: string): Promise<Record<string, unknown>> => ({
  at: new Date().toISOString(),
  revision: (await runQuietly('git', ['-C', checkout, 'rev-parse', 'HEAD'])).output,
  processors: cpus().length,
  processor: cpus()[0]?.model ?? 'unknown',
  architecture: arch(),
  memoryMiB: Math.round(totalmem() / 2 ** 20),
  kernel: release(),
  node: process.version,
  system: /PRETTY_NAME="(.*)"/.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'unknown',
  // Other work on the machine shows here.
  loadAverageAtStart: loadavg(),
});
