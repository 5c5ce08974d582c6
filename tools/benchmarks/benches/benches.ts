import type { Bench } from '../bench-setting.ts';
import { coldStart } from './cold-start.ts';
import { map } from './map.ts';
import { warmCall } from './warm-call.ts';

export const benches = {
  'cold-start': { title: 'a call to the first line of user code, with no container warm', run: coldStart },
  'warm-call': { title: 'sequential calls of a no-op', run: warmCall },
  map: { title: 'a map over 10,000 no-op inputs', run: map },
} as const satisfies Record<string, Bench>;

export type BenchName = keyof typeof benches;

export const isBenchName = (name: string): name is BenchName => Object.hasOwn(benches, name);
