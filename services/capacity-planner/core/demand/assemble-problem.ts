import type { Instant } from '@slipway/kernel';
import type { Commitment, Offer, Quota } from '../catalogue/offer.js';
import type { Fleet } from '../fleet/fleet.js';
import type { PlanningProblem } from '../planning-problem.js';
import type { PlanningPolicy } from '../policy.js';
import type { MeteredStep } from './demand-meter.js';
import { forecastDemand } from './forecast-demand.js';
import type { Forecaster } from './forecast/forecaster.js';
import { groupOfKey, type DataHome, type Floors } from './group-of-key.js';

/** All that is known when a plan is to be made, as it is known. */
export type PlanningKnowledge = Readonly<{
  at: Instant;
  /** Until when demand is known; a forecast is as old as what it is made from. */
  demandKnownAt: Instant;
  offers: readonly Offer[];
  quotas: readonly Quota[];
  commitments: readonly Commitment[];
  steps: readonly MeteredStep[];
  wantedNow: ReadonlyMap<string, number>;
  floors: Floors;
  fleet: Fleet;
  policy: PlanningPolicy;
  home?: DataHome;
  forecaster?: Forecaster;
}>;

/** A group that nobody has wanted for so long is no group any more. */
const FORGOTTEN_AFTER_MS = 7 * 86_400_000;

/** The problem that a plan solves: equal knowledge, equal problem. Texts that are no demand keys are left out. */
export const assembleProblem = (knowledge: PlanningKnowledge): PlanningProblem => {
  const { at, offers, quotas, commitments, steps, wantedNow, floors, fleet, policy, home, forecaster } =
    knowledge;
  const groups = keysOf(knowledge).flatMap((key) => groupOfKey(key, offers, floors, home) ?? []);
  const forecast = forecastDemand({
    at,
    groups,
    steps,
    wantedNow,
    periodsMs: policy.horizon.periodsMs,
    futuresFrom: { at, wanted: wantedNow },
    ...(forecaster === undefined ? {} : { forecaster }),
  });
  return {
    at,
    offers,
    quotas,
    commitments,
    groups,
    forecast: { ...forecast, madeAt: Math.min(at, knowledge.demandKnownAt) },
    fleet,
    policy,
  };
};

const keysOf = ({ at, steps, wantedNow, floors, fleet }: PlanningKnowledge): readonly string[] => {
  const keys = new Set([
    ...[...wantedNow].filter(([, containers]) => containers > 0).map(([key]) => key),
    ...floors.keys(),
    ...fleet.running.map(({ groupId }) => groupId),
  ]);
  for (const { startsAt, containers } of steps)
    if (startsAt > at - FORGOTTEN_AFTER_MS) for (const key of Object.keys(containers)) keys.add(key);
  return [...keys].toSorted();
};
