import type { Wanted } from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import { Gauge, type createMetrics } from '@slipway/telemetry';

export type PlannerSources = Readonly<{
  now: () => Instant;
  wanted: () => ReadonlyMap<string, Wanted>;
  /** By whichever process; before it ever was, since when it could be. */
  demandKnownAt: () => Instant;
  mode: () => 'running' | 'frozen';
  waitingSince: () => Instant | undefined;
  maxPriceAgeMs: () => number;
  plans: 'by-itself' | 'when-asked';
}>;

/** What is wanted, how well it is known, and what operators decided: looked up at each scrape. */
export const watchPlanner = (
  registry: ReturnType<typeof createMetrics>,
  { now, wanted, demandKnownAt, mode, waitingSince, maxPriceAgeMs, plans }: PlannerSources,
): void => {
  const registers = [registry];
  new Gauge({
    name: 'slipway_capacity_wanted_containers',
    help: 'Containers that are wanted: on bought hosts, on own machines, and without room',
    labelNames: ['where'],
    registers,
    collect() {
      const all = [...wanted().values()];
      for (const where of ['bought', 'own', 'lacking'] as const)
        this.set(
          { where },
          all.reduce((sum, group) => sum + group[where], 0),
        );
    },
  });
  new Gauge({
    name: 'slipway_capacity_demand_age_seconds',
    help: 'How long ago demand was last known, by whichever process; before it ever was, since when it could be',
    registers,
    collect() {
      this.set(Math.max(0, now() - demandKnownAt()) / 1_000);
    },
  });
  new Gauge({
    name: 'slipway_capacity_frozen',
    help: '1 while planning is frozen by an operator',
    registers,
    collect() {
      this.set(mode() === 'frozen' ? 1 : 0);
    },
  });
  new Gauge({
    name: 'slipway_capacity_waiting_for_approval_seconds',
    help: 'For how long plans have waited for a person; 0 where none is waited for',
    registers,
    collect() {
      const since = waitingSince();
      this.set(since === undefined ? 0 : Math.max(0, now() - since) / 1_000);
    },
  });
  new Gauge({
    name: 'slipway_capacity_max_price_age_seconds',
    help: 'How old prices may be, as the guardrails have it',
    registers,
    collect() {
      this.set(maxPriceAgeMs() / 1_000);
    },
  });
  new Gauge({
    name: 'slipway_capacity_plans_by_itself',
    help: '1 where plans are made by themselves, 0 where only when an operator asks',
    registers,
  }).set(plans === 'by-itself' ? 1 : 0);
};
