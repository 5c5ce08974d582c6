import type { Instant } from '@slipway/kernel';
import { emptyDraining } from './nodes/empty-draining.js';
import { Node } from './nodes/node.js';
import { placeWaiting, type FlowsLeft } from './nodes/placing.js';
import type { Observation } from './policy-port.js';
import type { Run } from './run.js';

type Step = Readonly<{
  step: number;
  at: Instant;
  /** By group, counted down while containers find a place. */
  waiting: number[];
  flows: FlowsLeft;
}>;

/**
 * The quarter of an hour after the policy has spoken: containers are placed on what is ready, wait for what becomes ready, draining
 * nodes go when their containers have found another place, and what still waits in the end is late or short. Answers the starts that
 * failed.
 */
export const serveStep = (run: Run, { step, at, waiting, flows }: Step): Observation['losses'] => {
  const { fleet, accountant, groups, order, period } = run;
  const endsAt = at + period.stepMs;
  const price = (node: Node): number =>
    period.histories[node.offer]!.priceMicroUsdPerNodeHour[step]! / Math.max(1, node.shape.gpuCount);
  const flowsOfStanding = flows.map((flow) => new Map(flow));
  for (const node of fleet.nodes)
    for (const [group, count] of node.containers) {
      accountant.served(group, node.offer, count, period.stepMs);
      const planned = flowsOfStanding[group]!.get(node.offer);
      if (planned !== undefined) flowsOfStanding[group]!.set(node.offer, Math.max(0, planned - count));
    }
  const placedAt = (moment: Instant) => (node: Node, group: number, count: number) => {
    accountant.served(group, node.offer, count, endsAt - moment);
    if (moment > at) accountant.waited(group, count, moment - at);
  };

  const live = fleet.nodes.toSorted((a, b) => price(a) - price(b));
  const serving = live.filter((node) => node.isReady(at) && !node.draining);
  let draining: readonly Node[] = live.filter((node) => node.isReady(at) && node.draining);
  const release = (moment: Instant): void => {
    const empty = emptyDraining(groups, draining, serving, (group, count) =>
      accountant.disturbed(group, count, 'moved'),
    );
    for (const node of empty) {
      fleet.end(node, moment);
      accountant.stopped(node, step);
    }
    draining = draining.filter(({ endedAt }) => endedAt === undefined);
  };

  // A start that is called off before it is there.
  for (const node of live)
    if (node.draining && node.readyAt > at) {
      fleet.end(node, at);
      accountant.stopped(node, step);
    }
  placeWaiting(groups, order, waiting, serving, flowsOfStanding, placedAt(at));
  // Rather on a node that is about to go than nowhere.
  placeWaiting(
    groups,
    order,
    waiting,
    draining,
    groups.map(() => new Map<number, number>()),
    placedAt(at),
  );
  release(at);

  const starting = live
    .filter((node) => node.endedAt === undefined && node.readyAt > at)
    .toSorted((a, b) => a.readyAt - b.readyAt || a.nodeId - b.nodeId);
  for (const node of starting.filter(({ boots, readyAt }) => boots && readyAt < endsAt)) {
    placeWaiting(groups, order, waiting, [node], flowsOfStanding, placedAt(node.readyAt));
    serving.push(node);
    release(node.readyAt);
  }
  settleWaiting(
    run,
    step,
    waiting,
    starting.filter(({ boots, readyAt }) => !boots || readyAt >= endsAt),
  );
  return failStarts(run, starting, endsAt);
};

/** What still waits waits all step long: late where a node was bought for it, short where none was. */
const settleWaiting = (run: Run, step: number, waiting: readonly number[], bought: readonly Node[]): void => {
  const { groups, order, accountant, period, fleet } = run;
  if (waiting.every((count) => count === 0)) return;
  const left = [...waiting];
  const onTheWay = bought.map((node) => new Node(node, node.shape, node.keptFor));
  placeWaiting(
    groups,
    order,
    left,
    onTheWay,
    groups.map(() => new Map<number, number>()),
    () => undefined,
  );
  for (const { group, allowed } of groups) {
    accountant.waited(group, waiting[group]! - left[group]!, period.stepMs);
    if (left[group] === 0) continue;
    const granted = allowed.some((may, offer) => may && fleet.openRoom(offer, step) > 0);
    accountant.short(group, left[group]!, granted ? 'existed' : 'none');
  }
};

const failStarts = (
  { fleet, accountant, period }: Run,
  starting: readonly Node[],
  endsAt: Instant,
): Observation['losses'] =>
  starting
    .filter(({ boots, readyAt }) => !boots && readyAt <= endsAt)
    .map((node) => {
      fleet.end(node, node.readyAt);
      accountant.now.failedStarts += 1;
      return { offerId: period.offers[node.offer]!.offerId, nodes: 1, because: 'start-failed' as const };
    });
