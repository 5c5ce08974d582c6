import { venvWith } from '../client/venv.ts';
import { runPython } from '../client/run-program.ts';

export const rayVersion = '2.60.0';

export const rayEnvironment = (): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  HOME: process.env['HOME'] ?? '/root',
  RAY_USAGE_STATS_ENABLED: '0',
  RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO: '0',
});

export type RayCounts = Readonly<{ warmUps: number; calls: number; inputs: number }>;
export type RayNumbers = Readonly<{ samplesMs: readonly number[]; seconds: number | null }>;

/** Runs Ray's no-op task on this machine, installed first where it is not there. Throws where it cannot be. */
export const runRay = async (counts: RayCounts): Promise<RayNumbers> => {
  const python = await venvWith('ray', rayVersion, [`ray==${rayVersion}`]);
  return runPython<RayNumbers>(
    'ray_noop.py',
    [counts.warmUps, counts.calls, counts.inputs],
    rayEnvironment(),
    python,
  );
};
