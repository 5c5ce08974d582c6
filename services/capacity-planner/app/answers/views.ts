import {
  stateOf,
  summarizePlan,
  termsOn,
  type Offer,
  type PlanDecisions,
  type PlanSummary,
  type TermPrice,
} from '@slipway/capacity-planner-core';
import type { CapacityOfferView, CapacityPlanDetail, CapacityPlanSummary } from '@slipway/contracts';
import type { StoredPlan } from '../store/plan-store.js';

export const summaryOf = (stored: StoredPlan, decisions: PlanDecisions): CapacityPlanSummary => {
  const { planId, plan } = stored;
  const summary: PlanSummary = summarizePlan(plan, stored);
  const decided = [decisions.verdict, decisions.inForce].find((known) => known?.planId === planId)?.decided;
  return {
    planId,
    ...summary,
    state: stateOf(decisions, planId),
    ...(decided === undefined ? {} : { decided }),
    solveMs: plan.solution.solveMs,
  };
};

export const detailOf = (stored: StoredPlan, decisions: PlanDecisions): CapacityPlanDetail => {
  const { periods, offers, flows, service, buffers, slacks, cost, solution } = stored.plan;
  const { boundMicroUsd, candidates, solver, lookAhead } = solution;
  return {
    ...summaryOf(stored, decisions),
    periods,
    offers,
    flows,
    service,
    buffers,
    slacks,
    cost: { ...cost },
    candidates,
    ...(boundMicroUsd === undefined ? {} : { boundMicroUsd }),
    ...(lookAhead === undefined ? {} : { lookAhead }),
    ...('because' in solver ? { solverBecause: solver.because } : {}),
  };
};

export const offerView = (offer: Offer, terms: readonly TermPrice[]): CapacityOfferView => {
  const { offerId, vendor, region, zone, geo, instanceType, purchase, shape, billing, behaviour } = offer;
  return {
    ...{ offerId, vendor, region, zone, geo, instanceType, purchase },
    gpuType: shape.gpuType,
    gpuCount: shape.gpuCount,
    vcpus: shape.vcpus,
    memoryMiB: shape.memoryMiB,
    priceMicroUsdPerNodeHour: billing.priceMicroUsdPerNodeHour,
    leadMs: behaviour.leadMs,
    startSuccess: behaviour.startSuccess,
    preemptionsPerNodeHour: behaviour.preemptionsPerNodeHour,
    ...(behaviour.availableNodes === undefined ? {} : { availableNodes: behaviour.availableNodes }),
    terms: termsOn(offer, terms).map(({ months, priceMicroUsdPerNodeHour: price, basis }) => ({
      ...{ months, basis, priceMicroUsdPerNodeHour: price },
    })),
    pricedAt: offer.pricedAt,
    source: offer.source,
  };
};
