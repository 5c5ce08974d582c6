import type { Offer, Plan, PlanningProblem } from '@slipway/capacity-planner-core';
import type { CatalogueView } from './catalogue/catalogue-view.js';

export const offer: Offer = {
  offerId: 'own/hall/a/box/on-demand',
  vendor: 'own',
  region: 'hall',
  zone: 'a',
  geo: 'eu',
  instanceType: 'box',
  purchase: 'on-demand',
  shape: {
    gpuType: 'CPU',
    gpuCount: 0,
    gpuMemoryGiB: 0,
    vcpus: 8,
    memoryMiB: 32_768,
    localDiskGiB: 0,
    networkGbps: 1,
  },
  billing: { priceMicroUsdPerNodeHour: 1_000_000, incrementSeconds: 1, minimumSeconds: 0 },
  behaviour: { leadMs: 60_000, startSuccess: 1, preemptionsPerNodeHour: 0, performance: 1, health: 1 },
  pricedAt: Date.parse('2026-11-21T12:00:00Z'),
  source: 'a spec',
};
export const catalogue: CatalogueView = {
  version: 'v1',
  offers: [offer],
  quotas: [],
  terms: [],
  rejected: [],
  doubted: [],
};
const ZERO = { infrastructureMicroUsd: 0, commitmentsMicroUsd: 0, egressMicroUsd: 0, qualityMicroUsd: 0 };

/** A node for each eight containers, by the rule of three: what is planned does not matter here, what becomes of it does. */
export const ruleOfThree = (problem: PlanningProblem): Plan => {
  const wanted = problem.forecast.groups.reduce(
    (sum, group) => sum + group.periods[0]!.expectedContainers,
    0,
  );
  const nodes = Math.ceil(wanted / 8);
  const now = problem.fleet.holdings.reduce((sum, holding) => sum + holding.nodes, 0);
  const [group] = problem.groups;
  return {
    madeAt: problem.at,
    periods: [{ startsAt: problem.at, lengthMs: 900_000 }],
    offers: [
      {
        offerId: offer.offerId,
        nodesNow: now,
        nodes: [nodes],
        starts: [Math.max(0, nodes - now)],
        stops: [Math.max(0, now - nodes)],
      },
    ],
    flows: group ? [{ groupId: group.groupId, offerId: offer.offerId, cellId: '0', containers: wanted }] : [],
    cells: [],
    serving: [],
    service: [],
    buffers: [],
    slacks: [],
    cost: {
      ...ZERO,
      preemptionMicroUsd: 0,
      startsMicroUsd: 0,
      stopsMicroUsd: 0,
      movesMicroUsd: 0,
      latenessMicroUsd: 0,
      shortageMicroUsd: 0,
      bufferMicroUsd: 0,
      slacksMicroUsd: 0,
      terminalMicroUsd: 0,
      totalMicroUsd: nodes * 1_000_000,
      paidMicroUsd: nodes * 1_000_000,
      paidMicroUsdPerHourAfter: nodes * 1_000_000,
      paidMicroUsdPerHourBefore: now * 1_000_000,
    },
    solution: {
      planner: 'greedy',
      solver: { status: 'not-asked', because: 'a spec' },
      candidates: [],
      integrality: 'all-periods',
      size: { offers: 1, groups: 1, cells: 1, columns: 0, integers: 0, rows: 0 },
      solveMs: 1,
    },
  };
};
