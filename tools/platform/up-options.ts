import { ANY_GPU, canonicalGpuType, GPU_TYPES } from '../../libs/contracts/gpu-types.ts';
import type { ParsedArguments } from '../terminal/parse-arguments.ts';
import { UsageError, type FlagKinds } from '../terminal/parse-arguments.ts';

export type UpOptions = Readonly<{
  infrastructureOnly: boolean;
  hello: boolean;
  build: boolean;
  workers: number;
  runtime: 'runsc' | 'runc';
  simulatedGpu?: string;
  logLevel: string;
  simulatedCloud: boolean;
}>;

export const upFlags: FlagKinds = {
  only: 'text',
  'no-hello': 'flag',
  'no-build': 'flag',
  workers: 'number',
  runtime: 'text',
  'simulate-gpu': 'text',
  'simulate-cloud': 'flag',
  'log-level': 'text',
  docker: 'flag',
};

const mostWorkers = 64;
const logLevels = ['trace', 'debug', 'info', 'warn', 'error'];

/** Checks the options of `./tools/up`; a wrong value is refused with what would be right. */
export const upOptions = ({ flags, texts, numbers }: ParsedArguments): UpOptions => {
  const only = texts.get('only');
  if (only !== undefined && only !== 'infra') throw new UsageError(`--only is ${only}; it can be infra`);
  const runtime = texts.get('runtime') ?? 'runsc';
  if (runtime !== 'runsc' && runtime !== 'runc')
    throw new UsageError(`--runtime is ${runtime}; it can be runsc or runc`);
  const workers = numbers.get('workers') ?? 1;
  if (workers > mostWorkers)
    throw new UsageError(`--workers is ${workers}; at most ${mostWorkers} run on one machine`);
  const logLevel = texts.get('log-level') ?? 'info';
  if (!logLevels.includes(logLevel))
    throw new UsageError(`--log-level is ${logLevel}; it can be ${logLevels.join(', ')}`);
  const simulatedGpu = texts.get('simulate-gpu');
  if (simulatedGpu !== undefined) checkSimulatedGpu(simulatedGpu);
  return {
    infrastructureOnly: only === 'infra',
    hello: !flags.has('no-hello'),
    build: !flags.has('no-build'),
    workers,
    runtime,
    logLevel,
    simulatedCloud: flags.has('simulate-cloud'),
    ...(simulatedGpu === undefined ? {} : { simulatedGpu }),
  };
};

const checkSimulatedGpu = (value: string): void => {
  const [, name] = /^([A-Z0-9][A-Z0-9-]*):[1-9]\d?$/i.exec(value) ?? [];
  if (name === undefined)
    throw new UsageError(`--simulate-gpu is ${value}; it must be TYPE:COUNT, such as H100:8`);
  const type = canonicalGpuType(name);
  if (type === undefined || type === ANY_GPU)
    throw new UsageError(
      `--simulate-gpu is ${value}; no function can ask for ${name}, the types are ${GPU_TYPES.join(', ')}`,
    );
};
