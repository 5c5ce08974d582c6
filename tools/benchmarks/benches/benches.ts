import type { Bench } from '../bench-setting.ts';
import { burst } from './burst.ts';
import { coldStart } from './cold-start.ts';
import { editRun } from './edit-run.ts';
import { map } from './map.ts';
import { recover } from './recover.ts';
import { volume } from './volume.ts';
import { warmCall } from './warm-call.ts';
import { webCold } from './web-cold.ts';
import { web } from './web.ts';

export const benches = {
  'cold-start': {
    title: 'a call to the first line of user code, with no container warm',
    platform: 'kept',
    run: coldStart,
  },
  'warm-call': { title: 'sequential calls of a no-op', platform: 'kept', run: warmCall },
  map: { title: 'a map over 10,000 no-op inputs', platform: 'kept', run: map },
  burst: { title: '100 containers of one function at once', platform: 'kept', run: burst },
  'edit-run': { title: 'a whole `modal run` of an edited file', platform: 'kept', run: editRun },
  web: { title: 'web requests to a FastAPI app', platform: 'kept', run: web },
  'web-cold': { title: 'the first web request to an app at zero', platform: 'kept', run: webCold },
  volume: {
    title: '5,000 small files and one of 2 GiB in a volume: written, read cold and warm',
    platform: 'kept',
    run: volume,
  },
  planner: {
    title: "the capacity planner's program at three sizes, to a gap of 1 % and of 0.1 %",
    platform: 'none',
    run: async (setting) => (await import('./planner.ts')).planner(setting),
  },
  billing: {
    title: 'usage facts into the ledger, and a month of them closed and exported',
    platform: 'none',
    run: async (setting) => (await import('./billing.ts')).billing(setting),
  },
  recover: {
    title: 'kill -9 of the scheduler with 100,000 events in its log, to the next call',
    platform: 'fresh',
    run: recover,
  },
  backtest: {
    title: 'what the capacity planner and seven other buyers pay for the same simulated days',
    platform: 'none',
    // It is made of what is built only when it runs.
    run: async (setting) => (await import('./backtest.ts')).backtest(setting),
  },
} as const satisfies Record<string, Bench>;

export type BenchName = keyof typeof benches;

export const isBenchName = (name: string): name is BenchName => Object.hasOwn(benches, name);
