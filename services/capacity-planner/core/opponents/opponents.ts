import type { Period } from '../simulation/period.js';
import type { CapacityPolicy } from '../simulation/policy-port.js';
import { karpenterLike } from './karpenter-like.js';
import { replacingGreedy } from './replacing-greedy.js';
import { skyPilotLike } from './skypilot-like.js';
import { staticOnDemand } from './static-on-demand.js';
import { stickyGreedy } from './sticky-greedy.js';

export type OpponentName =
  | 'static-on-demand'
  | 'static-one-vendor'
  | 'sticky-greedy'
  | 'replacing-greedy'
  | 'replacing-greedy-10'
  | 'skypilot-like'
  | 'karpenter-like';

/** Everybody that the planner is compared with; each call makes one without memory, for one run. */
export const opponents: Readonly<Record<OpponentName, (period: Period) => CapacityPolicy>> = {
  'static-on-demand': (period) => staticOnDemand(period, 'best'),
  'static-one-vendor': (period) => staticOnDemand(period, 'one'),
  'sticky-greedy': stickyGreedy,
  'replacing-greedy': () => replacingGreedy(0),
  'replacing-greedy-10': () => replacingGreedy(0.1),
  'skypilot-like': skyPilotLike,
  'karpenter-like': karpenterLike,
};
