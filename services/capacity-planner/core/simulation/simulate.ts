import type { Instant } from '@slipway/kernel';
import { standAtFirst, type StandingAtFirst } from './nodes/stand-at-first.js';
import { Accountant } from './accounts/accountant.js';
import { outcomeOf, type Outcome } from './accounts/step-account.js';
import { mayServe } from './compatibility.js';
import { askPolicy } from './ask-policy.js';
import { endContainers, standing } from './nodes/end-containers.js';
import { SimulatedFleet } from './nodes/fleet.js';
import type { Node } from './nodes/node.js';
import { placedGroups, placingOrder } from './nodes/placing.js';
import type { Period } from './period.js';
import type { CapacityPolicy, Observation } from './policy-port.js';
import type { Run } from './run.js';
import { serveStep } from './serve-step.js';
import { SIMULATOR_VERSION } from './version.js';

/** What a watcher is shown at the end of each step, before nodes that ended are forgotten. */
export type StepSight = Readonly<{
  step: number;
  at: Instant;
  nodes: readonly Node[];
  wanted: readonly number[];
  /** Containers that stand nowhere when the step ends. */
  waiting: readonly number[];
}>;

/**
 * Runs one policy through a period. The policy is shown what it may see and says what it wants; granting, placing, billing and
 * waiting are settled here, the same for all. Equal periods and equal policies have equal outcomes. A run begins without nodes, or
 * with those that stand `atFirst`.
 */
export const simulate = async (
  period: Period,
  policy: CapacityPolicy,
  watch: (sight: StepSight) => void = () => undefined,
  atFirst: readonly StandingAtFirst[] = [],
): Promise<Outcome> => {
  const run = beginRun(period);
  for (const node of atFirst) standAtFirst(run, node);
  let losses: Observation['losses'] = [];
  for (let step = 0; step < period.steps; step += 1) {
    const at = period.startsAt + step * period.stepMs;
    const wanted = period.demand.map((counts) => counts[period.pastSteps + step]!);
    run.accountant.begin();
    losses = [...losses, ...loseNodes(run, step, at)];
    endContainers(period, run.groups, run.fleet.nodes, wanted, step);
    const flows = await askPolicy(run, policy, { step, at, wanted, losses });
    const waiting = wanted.map((count, group) => {
      run.accountant.wanted(group, count);
      return count;
    });
    const stand = standing(run.groups.length, run.fleet.nodes);
    for (const [group, count] of stand.entries()) waiting[group]! -= count;
    losses = serveStep(run, { step, at, waiting, flows });
    for (const node of run.fleet.nodes) run.accountant.ran(node, step, at);
    watch({ step, at, nodes: run.fleet.nodes, wanted, waiting });
    run.fleet.sweep();
  }
  return outcomeOf(
    { simulator: SIMULATOR_VERSION, policy: policy.name, period: period.name },
    run.accountant.steps.slice(period.warmUpSteps),
  );
};

const beginRun = (period: Period): Run => ({
  period,
  fleet: new SimulatedFleet(period),
  accountant: new Accountant(period),
  groups: placedGroups(
    period.groups,
    period.groups.map((group) => period.offers.map((offer) => mayServe(group, offer))),
  ),
  order: placingOrder(period.groups),
  offerIndex: new Map(period.offers.map(({ offerId }, index) => [offerId, index])),
  groupIndex: new Map(period.groups.map(({ groupId }, index) => [groupId, index])),
});

const loseNodes = (run: Run, step: number, at: Instant): Observation['losses'] =>
  run.fleet.taken(step).map((node) => {
    for (const [group, count] of node.containers) run.accountant.disturbed(group, count, 'taken');
    for (const [group, count] of [...node.containers]) node.put(group, run.groups[group]!.need, -count);
    run.fleet.end(node, at);
    run.accountant.taken(node);
    return { offerId: run.period.offers[node.offer]!.offerId, nodes: 1, because: 'taken' as const };
  });
