import type { PlacementReport } from '@slipway/capacity-planner-core';
import { Gauge, type createMetrics } from '@slipway/telemetry';

/** Who said where the containers of the last hour went, and why where it was not the plan. */
export const watchPlacements = (
  registry: ReturnType<typeof createMetrics>,
  lately: () => PlacementReport,
): void => {
  const registers = [registry];
  new Gauge({
    name: 'slipway_capacity_placements',
    help: 'Containers that were placed in the last hour while a plan was in force, by who said where',
    labelNames: ['by'],
    registers,
    collect() {
      for (const [by, containers] of Object.entries(lately().containers)) this.set({ by }, containers);
    },
  });
  new Gauge({
    name: 'slipway_capacity_not_followed',
    help: 'Containers of the last hour that could not be placed as the plan says, by why',
    labelNames: ['because'],
    registers,
    collect() {
      this.reset();
      for (const { because, containers } of lately().notFollowed) this.inc({ because }, containers);
    },
  });
};
