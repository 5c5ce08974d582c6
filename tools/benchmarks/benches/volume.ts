import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchSetting } from '../bench-setting.ts';
import { runPython } from '../client/run-program.ts';

const sizes = { quick: { files: 500, mib: 256 }, full: { files: 5_000, mib: 2_048 } };

type Seconds = Readonly<{ small: number; large: number; first?: number }>;
type Found = Readonly<{ write: Seconds; cold: Seconds; warm: Seconds }>;

const DISK = 'local disk';

/** Small files and a large one: written and committed, read in a new container cold and then warm; beside the disk itself. */
export const volume = async ({ environment, home, recorder, size }: BenchSetting): Promise<void> => {
  const { files, mib } = sizes[size];
  const folder = join(home.data, 'bench');
  mkdirSync(folder, { recursive: true });
  recorder.note(`${files} files of 2 KiB and one of ${mib} MiB on the disk`);
  const theirs = await recorder.orSkipped(DISK, () =>
    runPython<Found>('volume.py', ['disk', files, mib, folder], environment),
  );
  recorder.note(`${files} files of 2 KiB and one of ${mib} MiB in a volume`);
  const ours = await runPython<Found>('volume.py', ['ours', files, mib], environment);
  recorder.keep('ours', ours);
  recorder.keep('disk', theirs);
  for (const step of ['write', 'cold', 'warm'] as const)
    for (const what of ['small', 'large', 'first'] as const) {
      const seconds = ours[step][what];
      const beside = theirs?.[step][what];
      if (seconds === undefined) continue;
      const baseline = beside === undefined ? undefined : { name: DISK, value: beside };
      recorder.measured(`seconds_${step}_${what}`, seconds, 's', baseline);
    }
};
