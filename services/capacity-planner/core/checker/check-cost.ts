import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { bufferFractions } from './buffer-cost.js';
import { coveredIn } from './covered.js';
import { egressPerHour, listPrices, unitsOn, usualPrices, waitPrice } from './list-prices.js';

/** Micro-dollars × 1000 × 3,600,000: thousandths of a count times milliseconds times a price per hour are whole numbers of it. */
const WHOLE = 3_600_000_000n;
const HOUR_MS = 3_600_000n;

/** Every line of the cost added up from the plan's counts and the problem's prices; lines differ by no micro-dollar. */
export const checkCost = (problem: PlanningProblem, plan: Plan): string[] => {
  const usual = usualPrices(problem);
  const prices = listPrices(problem, usual);
  const lengths = plan.periods.map(({ lengthMs }) => BigInt(lengthMs));
  const perHour = (of: (offerId: string) => number): bigint =>
    add(plan.offers, ({ offerId, nodes }) =>
      add(nodes, (count, period) => BigInt(of(offerId)) * milli(count) * lengths[period]!),
    );
  const perChange = (counts: 'starts' | 'stops', price: 'start' | 'stop'): bigint =>
    add(plan.offers, (offer) =>
      add(offer[counts], (count) => BigInt(prices.get(offer.offerId)![price]) * milli(count) * HOUR_MS),
    );
  const groups = new Map(problem.groups.map((group) => [group.groupId, group]));
  const slackCosts = (names: readonly string[]): number =>
    plan.slacks
      .filter(({ name }) => names.includes(name))
      .reduce((total, { costMicroUsd }) => total + costMicroUsd, 0);
  const shortage = add(plan.slacks, ({ name, subject, periodIndex, amount }) => {
    if (name !== 'shortage' && name !== 'floor') return 0n;
    const price = waitPrice(problem, usual, groups.get(subject as never)!);
    return BigInt(name === 'floor' ? price.floor : price.short) * milli(amount) * lengths[periodIndex]!;
  });
  const lateness = add(plan.service, ({ groupId, lateContainerMs }) =>
    add(
      lateContainerMs,
      (ms) => BigInt(waitPrice(problem, usual, groups.get(groupId)!).late) * BigInt(ms) * 1000n,
    ),
  );
  const expected: Partial<Record<keyof Plan['cost'], number>> = {
    qualityMicroUsd: rounded(perHour((id) => prices.get(id)!.quality)),
    preemptionMicroUsd: rounded(
      perHour((id) => prices.get(id)!.preemption) + risk(problem, plan, usual, lengths),
    ),
    startsMicroUsd: rounded(perChange('starts', 'start')),
    stopsMicroUsd: rounded(perChange('stops', 'stop')),
    latenessMicroUsd: rounded(lateness),
    shortageMicroUsd: rounded(shortage),
    bufferMicroUsd: rounded(bufferFractions(problem, plan, usual)),
    infrastructureMicroUsd: rounded(
      perHour((id) => prices.get(id)!.list) -
        add(lengths, (lengthMs, period) => coveredIn(problem, plan, period, lengthMs)),
    ),
    commitmentsMicroUsd: rounded(
      add(lengths, (lengthMs, period) => committed(problem, plan, period, lengthMs)),
    ),
    terminalMicroUsd: rounded(
      -add(
        plan.offers,
        ({ offerId, nodes }) => BigInt(prices.get(offerId)!.start) * milli(nodes.at(-1)!) * HOUR_MS,
      ) / 2n,
    ),
    egressMicroUsd: rounded(egress(problem, plan, lengths)),
    paidMicroUsdPerHourBefore: rounded(
      committed(problem, plan, 0, HOUR_MS) +
        add(
          plan.offers,
          ({ offerId, nodesNow }) => BigInt(prices.get(offerId)!.list) * milli(nodesNow) * HOUR_MS,
        ) -
        coveredIn(problem, plan, 0, HOUR_MS, 'held'),
    ),
    paidMicroUsdPerHourAfter: rounded(
      committed(problem, plan, 0, HOUR_MS) +
        add(
          plan.offers,
          ({ offerId, nodes }) => BigInt(prices.get(offerId)!.list) * milli(nodes[0]!) * HOUR_MS,
        ) -
        coveredIn(problem, plan, 0, HOUR_MS) +
        egress(problem, plan, [HOUR_MS]),
    ),
  };
  const wrong = Object.entries(expected).flatMap(([line, amount]) =>
    plan.cost[line as keyof Plan['cost']] === amount
      ? []
      : [`${line} is ${plan.cost[line as keyof Plan['cost']]}; the plan's counts make it ${amount}`],
  );
  const { totalMicroUsd, slacksMicroUsd, movesMicroUsd } = plan.cost;
  const { paidMicroUsdPerHourBefore: _, paidMicroUsdPerHourAfter: __, ...lines } = expected;
  const total = Object.values(lines).reduce((sum, line) => sum + line, 0) + slacksMicroUsd + movesMicroUsd;
  if (total !== totalMicroUsd) wrong.push(`the lines add up to ${total}, not ${totalMicroUsd}`);
  const others = [
    'market-share',
    'vendor-share',
    'non-spot-share',
    'starts-per-cycle',
    'stops-per-cycle',
    'vendor-changes-per-cycle',
    'pin',
  ];
  if (Math.abs(slackCosts(others) - slacksMicroUsd) > plan.slacks.length)
    wrong.push(`named slacks cost ${slackCosts(others)}, the ladder says ${slacksMicroUsd}`);
  return wrong;
};

/** Who waits dearer than a batch job loses more when a spot node is taken. */
const risk = (
  problem: PlanningProblem,
  plan: Plan,
  usual: ReadonlyMap<string, number>,
  lengths: readonly bigint[],
): bigint => {
  const offers = new Map(problem.offers.map((offer) => [offer.offerId, offer]));
  return add(plan.serving, ({ groupId, cellId, containers }) => {
    const group = problem.groups.find((known) => known.groupId === groupId)!;
    const within = plan.cells.find((cell) => cell.cellId === cellId)!.offerIds.map((id) => offers.get(id)!);
    const batch =
      (usual.get(within[0]!.shape.gpuType) ?? 0) *
      problem.policy.prices.lateness.batch *
      unitsOn(group, within[0]!, problem.policy.cpuSlot);
    const dearer = Math.max(0, waitPrice(problem, usual, group).late - batch);
    const hours = within.map(
      ({ behaviour }) => (behaviour.preemptionsPerNodeHour * behaviour.leadMs) / 3_600_000,
    );
    const price = BigInt(Math.round(Math.min(...hours) * dearer));
    return add(containers, (count, period) => price * milli(count) * lengths[period]!);
  });
};

/** What commitments cost in a period in any case. */
const committed = (problem: PlanningProblem, plan: Plan, period: number, lengthMs: bigint): bigint => {
  const { startsAt, lengthMs: planned } = plan.periods[period]!;
  return add(problem.commitments, (one) =>
    one.startsAt <= startsAt && startsAt + planned <= one.endsAt
      ? BigInt(one.priceMicroUsdPerHour) * 1000n * lengthMs
      : 0n,
  );
};

const egress = (problem: PlanningProblem, plan: Plan, lengths: readonly bigint[]): bigint => {
  const offers = new Map(problem.offers.map((offer) => [offer.offerId, offer]));
  return add(plan.serving, ({ groupId, cellId, containers }) => {
    const group = problem.groups.find((known) => known.groupId === groupId)!;
    const place = offers.get(plan.cells.find((cell) => cell.cellId === cellId)!.offerIds[0]!)!;
    const price = BigInt(egressPerHour(problem.policy, group, place));
    return add(lengths, (lengthMs, period) => price * milli(containers[period]!) * lengthMs);
  });
};

const milli = (count: number): bigint => BigInt(Math.round(count * 1000));

const rounded = (amount: bigint): number =>
  amount < 0n ? -Number((-amount * 2n + WHOLE) / (2n * WHOLE)) : Number((amount * 2n + WHOLE) / (2n * WHOLE));

const add = <T>(items: readonly T[], of: (item: T, index: number) => bigint): bigint => {
  let total = 0n;
  items.forEach((item, index) => (total += of(item, index)));
  return total;
};
