import { RefusedError } from '@slipway/kernel';
import type { BaseImage } from '../ports.js';
import type { PlannedStep } from '../plan/planned-step.js';
import { pythonVersionIn } from './python-version.js';
import { DEFAULT_PATH } from './search-path.js';

/** Looks for Python where a worker does that starts a container: in each folder of PATH, by one name, then the other. */
const SCRIPT = `IFS=:
for folder in $PATH; do
  for p in "$folder/python3" "$folder/python"; do
    [ -x "$p" ] && "$p" -c 'import sys; print("slipway-python", sys.version.split()[0] + "t" * ("t" in getattr(sys, "abiflags", "")))' && break 2
  done
done
if [ -e /lib/ld-musl-x86_64.so.1 ] || [ -e /lib/ld-musl-aarch64.so.1 ]; then echo slipway-libc musl; else echo slipway-libc gnu; fi`;

type Found = Readonly<{ pythonVersion?: string; libc?: 'gnu' | 'musl' }>;

/**
 * Which Python and C library an image has. A base made here says so itself, and its children inherit it; an image that does
 * not say, or that may have another Python than it says, is asked by a step whose layer is thrown away.
 */
export const probePython = async (
  base: BaseImage & Readonly<{ mayHaveOtherPython: boolean }>,
  run: (step: PlannedStep) => Promise<Readonly<{ output?: string }>>,
): Promise<Found> => {
  const { pythonVersion, libc } = base;
  const said: Found = pythonVersion === undefined ? {} : { pythonVersion, libc: libc ?? 'gnu' };
  if (pythonVersion !== undefined && !base.mayHaveOtherPython) return said;
  if (base.layers.length === 0) return {};
  const step: PlannedStep = {
    text: 'looking for Python',
    env: { PATH: DEFAULT_PATH, ...base.config.env },
    workdir: '/',
    secretIds: [],
    action: { kind: 'run', argv: ['/bin/sh', '-c', SCRIPT] },
  };
  // An image without a shell cannot be asked: what its base said stands.
  const unlessRefused = (error: unknown): Readonly<{ output?: string }> => {
    if (error instanceof RefusedError) return {};
    throw error;
  };
  const { output = '' } = await run(step).catch(unlessRefused);
  const python = pythonVersionIn(/slipway-python (\S+)/.exec(output)?.[1]);
  const asked = /slipway-libc (gnu|musl)/.exec(output)?.[1] as 'gnu' | 'musl' | undefined;
  return {
    ...said,
    ...(python === undefined ? {} : { pythonVersion: python }),
    ...(asked === undefined ? {} : { libc: asked }),
  };
};
