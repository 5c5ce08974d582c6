import type { Accountant } from './accounts/accountant.js';
import type { SimulatedFleet } from './nodes/fleet.js';
import type { PlacedGroup } from './nodes/placing.js';
import type { Period } from './period.js';

/** All that a run knows while it runs. */
export type Run = Readonly<{
  period: Period;
  fleet: SimulatedFleet;
  accountant: Accountant;
  groups: readonly PlacedGroup[];
  order: readonly number[];
  offerIndex: ReadonlyMap<string, number>;
  groupIndex: ReadonlyMap<string, number>;
}>;
