import type { DataHome, PlanningPolicy } from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import type { Logger } from '@slipway/telemetry';
import type { CatalogueSource } from '../../catalogue/catalogue-view.js';
import type { PlannerState } from '../../journal/planner-state.js';
import type { PlannerMetrics } from '../../metrics/planner-metrics.js';
import type { CatalogueStore } from '../../store/catalogue-store.js';
import type { PlanStore } from '../../store/plan-store.js';
import type { Demand } from '../read-demand/demand.js';
import type { FleetSource, MakePlan, PlanFollower } from './ports.js';

/** What a planning cycle works with. */
export type CycleParts = Readonly<{
  now: () => Instant;
  state: PlannerState;
  demand: Demand;
  plans: PlanStore;
  catalogues: CatalogueStore;
  catalogue: CatalogueSource;
  fleet: FleetSource;
  makePlan: MakePlan;
  followers: readonly PlanFollower[];
  metrics: PlannerMetrics;
  logger: Logger;
  /** The site's own policy, under what operators have said since. */
  policy: PlanningPolicy;
  home?: DataHome;
}>;
