import { join } from 'node:path';
import { alternate, type Alternated } from '../alternate.ts';
import type { BenchSetting } from '../bench-setting.ts';
import { BareCaller } from '../grpc/bare-caller.ts';
import { startNodeProgram } from '../grpc/start-node-program.ts';
import { TimesMeter, type ProcessTimes } from '../platform/process-times.ts';
import { runRay, type RayCounts, type RayNumbers } from '../ray/run-ray.ts';
import { withFunction } from './noop-function.ts';
import { rounds } from './rounds.ts';

export type BarePath = Readonly<{ caller: BareCaller; functionId: string }>;

/** What a bare caller finds, through the whole platform to a bare runtime on the containers' control sockets, and Ray, in turns. */
export const besideRay = async <Found>(
  setting: BenchSetting,
  plan: Readonly<{ containers: number; ray: RayCounts; warmUp: (path: BarePath) => Promise<void> }>,
  measure: (path: BarePath) => Promise<Found>,
): Promise<Alternated<Found, RayNumbers> & Readonly<{ used: ProcessTimes }>> => {
  const { home, environment, recorder, size } = setting;
  const place = { app: 'parked', containers: plan.containers } as const;
  return withFunction(setting, place, async ({ functionId, containers }) => {
    const runtime = startNodeProgram(join(import.meta.dirname, '../grpc/bare-runtime.ts'), [
      functionId,
      ...containers.map(({ controlSocket }) => controlSocket),
    ]);
    const path = { caller: new BareCaller(environment), functionId };
    try {
      await plan.warmUp(path);
      const meter = new TimesMeter(home);
      const ray = { name: 'Ray', measure: () => runRay(plan.ray) };
      const found = await alternate(recorder, rounds[size], () => meter.during(() => measure(path)), [ray]);
      const { containers: _parked, ...used } = meter.used;
      return { ...found, used };
    } finally {
      path.caller.close();
      await runtime.end();
    }
  });
};
