import type { Offer } from '../catalogue/offer.js';
import type { DemandGroup } from '../demand/demand-group.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';

type FreeNode = { gpus: number; vcpus: number; memoryMiB: number };

const NOISE = 1e-6;

/** Every container of the first period is put on a node of its offer, with its GPUs, CPUs and memory; nobody stands where he may not. */
export const checkPlacement = (problem: PlanningProblem, plan: Plan): string[] => {
  const wrong: string[] = [];
  const offers = new Map(problem.offers.map((offer) => [offer.offerId, offer]));
  const groups = new Map(problem.groups.map((group) => [group.groupId, group]));
  const nodes = new Map<string, FreeNode[]>();
  for (const { offerId, nodes: counts } of plan.offers) {
    const { shape } = offers.get(offerId)!;
    nodes.set(
      offerId,
      Array.from({ length: counts[0]! }, () => ({
        gpus: shape.gpuCount,
        vcpus: shape.vcpus,
        memoryMiB: shape.memoryMiB,
      })),
    );
  }
  const largestFirst = plan.flows.toSorted(
    (a, b) =>
      share(groups.get(b.groupId)!, offers.get(b.offerId)!) -
      share(groups.get(a.groupId)!, offers.get(a.offerId)!),
  );
  for (const { groupId, offerId, containers } of largestFirst) {
    const group = groups.get(groupId)!;
    const offer = offers.get(offerId)!;
    if (!Number.isInteger(containers))
      wrong.push(`${groupId} on ${offerId}: ${containers} is no whole number`);
    if (!group.gpuTypes.includes(offer.shape.gpuType))
      wrong.push(`${groupId} does not accept ${offer.shape.gpuType}`);
    const { vendors, regions, geos } = group.pins;
    if (vendors.length > 0 && !vendors.includes(offer.vendor))
      wrong.push(`${groupId} is pinned away from ${offer.vendor}`);
    if (regions.length > 0 && !regions.includes(offer.region))
      wrong.push(`${groupId} is pinned away from ${offer.region}`);
    if (geos.length > 0 && !geos.includes(offer.geo))
      wrong.push(`${groupId} is pinned away from ${offer.geo}`);
    if (offer.purchase === 'spot' && group.spot === 'refused')
      wrong.push(`${groupId} refuses spot and is on ${offerId}`);
    for (let container = 0; container < containers; container++) {
      const node = nodes.get(offerId)?.find((free) => fits(group, free));
      if (!node) {
        wrong.push(`container ${container + 1} of ${containers} of ${groupId} has no node of ${offerId}`);
        break;
      }
      node.gpus -= group.gpusPerContainer;
      node.vcpus -= group.vcpusPerContainer;
      node.memoryMiB -= group.memoryMiBPerContainer;
    }
  }
  return [...wrong, ...checkService(problem, plan)];
};

/** The part of a node that a container takes of what it takes most of. */
const share = (group: DemandGroup, { shape }: Offer): number =>
  Math.max(
    shape.gpuCount > 0 ? group.gpusPerContainer / shape.gpuCount : 0,
    group.vcpusPerContainer / shape.vcpus,
    group.memoryMiBPerContainer / shape.memoryMiB,
  );

const fits = (group: DemandGroup, free: FreeNode): boolean =>
  free.gpus >= group.gpusPerContainer &&
  free.vcpus + NOISE >= group.vcpusPerContainer &&
  free.memoryMiB + NOISE >= group.memoryMiBPerContainer;

/** What is wanted is the forecast or the floor, and what is not served is named as short, with a slack of that size. */
const checkService = (problem: PlanningProblem, plan: Plan): string[] => {
  const small = plan.periods.every(
    (_, period) => gpusIn(problem, period) < problem.policy.solve.allIntegerBelowGpus,
  );
  return problem.groups.flatMap((group) => {
    const service = plan.service.find(({ groupId }) => groupId === group.groupId)!;
    const forecast = problem.forecast.groups.find(({ groupId }) => groupId === group.groupId);
    return plan.periods.flatMap((_, period) => {
      const expected = forecast?.periods[period]?.expectedContainers ?? 0;
      const wanted = Math.max(
        group.floorContainers,
        period === 0 || small ? Math.floor(expected + 0.5) : Math.round(expected * 1000) / 1000,
      );
      const served = sum(
        plan.serving
          .filter(({ groupId }) => groupId === group.groupId)
          .map(({ containers }) => containers[period]!),
      );
      const placed = sum(
        plan.flows.filter(({ groupId }) => groupId === group.groupId).map(({ containers }) => containers),
      );
      const named = sum(
        plan.slacks
          .filter(
            ({ name, subject, periodIndex }) =>
              (name === 'shortage' || name === 'floor') &&
              subject === group.groupId &&
              periodIndex === period,
          )
          .map(({ amount }) => amount),
      );
      const wrong: string[] = [];
      if (service.wanted[period] !== wanted)
        wrong.push(`${group.groupId} wants ${wanted}, not ${service.wanted[period]}`);
      if (Math.abs(served - service.served[period]!) > NOISE)
        wrong.push(`${group.groupId}: served is not what cells serve`);
      if (period === 0 && placed !== service.served[0])
        wrong.push(`${group.groupId}: ${placed} placed, ${service.served[0]} served`);
      if (Math.abs(wanted - served - service.short[period]!) > NOISE || service.short[period]! < 0)
        wrong.push(`${group.groupId}: short is not wanted less served in period ${period}`);
      if (Math.abs(named - service.short[period]!) > NOISE)
        wrong.push(`${group.groupId}: ${named} of ${service.short[period]} short are named`);
      return wrong;
    });
  });
};

/** GPUs that are expected to be wanted in a period; a small fleet is planned for whole containers in all of them. */
const gpusIn = ({ groups, forecast }: PlanningProblem, period: number): number =>
  sum(
    groups.map(({ groupId, gpusPerContainer }) => {
      const found = forecast.groups.find((entry) => entry.groupId === groupId);
      return (found?.periods[period]?.expectedContainers ?? 0) * Math.max(1, gpusPerContainer);
    }),
  );

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
