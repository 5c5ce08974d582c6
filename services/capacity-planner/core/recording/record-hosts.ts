import type { Instant } from '@slipway/kernel';
import { isOver, isPaid, type Host, type PaidHost } from '../acting/host.state.js';
import type { OfferId } from '../catalogue/offer.js';
import type { MarketEvent } from '../backtest/replay/recorded-event.js';
import { afterRefusal, type RefusedDepth } from '../lessons/refused-depth.js';

/** What is taken within so long is taken at once. */
const AT_ONCE_MS = 5 * 60_000;

/** What our own hosts showed of each offer until a moment: how many could be held, and what was taken back. In the order of time. */
export const recordHosts = (hosts: readonly Host[], until: Instant): readonly MarketEvent[] =>
  [...Map.groupBy(hosts, ({ offerId }) => offerId)]
    .flatMap(([offerId, of]) => {
      const paid = of.filter(isPaid);
      return [...grants(offerId, paid), ...refusals(offerId, of, paid), ...losses(offerId, paid)];
    })
    .filter(({ at }) => at <= until)
    .toSorted((a, b) => a.at - b.at);

/** Taken back, or gone without a word: not every vendor gives notice. */
export const wasTaken = (host: Host): boolean =>
  host.status === 'ended' && (host.how === 'preempted' || host.how === 'lost');

const endOf = (host: Host): Instant => (isOver(host) ? host.endedAt : Infinity);

/** Nodes that were held at a moment, those that began with it among them. */
const heldAt = (paid: readonly PaidHost[], at: Instant): number =>
  paid.filter((host) => host.billedFrom <= at && endOf(host) > at).length;

const grants = (offerId: OfferId, paid: readonly PaidHost[]): readonly MarketEvent[] =>
  [...new Set(paid.map(({ billedFrom }) => billedFrom))].map((at) => ({
    ...{ type: 'depth-reached', at, offerId },
    nodes: heldAt(paid, at),
  }));

/** A refusal holds for as long as the planner itself believes it. */
const refusals = (
  offerId: OfferId,
  hosts: readonly Host[],
  paid: readonly PaidHost[],
): readonly MarketEvent[] => {
  const moments = hosts
    .flatMap((host) =>
      host.status === 'refused' && (host.code === 'no-capacity' || host.code === 'quota')
        ? [host.endedAt]
        : [],
    )
    .toSorted((a, b) => a - b);
  let before: RefusedDepth | undefined;
  return moments.flatMap((at, index): readonly MarketEvent[] => {
    before = afterRefusal(before, heldAt(paid, at), at);
    const forgottenAt = at + before.believedMs;
    const isHeardAgain = (moments[index + 1] ?? Infinity) <= forgottenAt;
    return [
      { type: 'depth-seen', at, offerId, nodes: before.nodes },
      ...(isHeardAgain ? [] : [{ type: 'depth-forgotten', at: forgottenAt, offerId } as const]),
    ];
  });
};

const losses = (offerId: OfferId, paid: readonly PaidHost[]): readonly MarketEvent[] => {
  const taken = paid.filter(wasTaken).toSorted((a, b) => endOf(a) - endOf(b));
  const spells: { at: Instant; takenNodes: number; heldNodes: number }[] = [];
  for (const host of taken) {
    const spell = spells.at(-1);
    const at = endOf(host);
    if (spell !== undefined && at - spell.at <= AT_ONCE_MS) spell.takenNodes += 1;
    else spells.push({ at, takenNodes: 1, heldNodes: heldAt(paid, at - 1) });
  }
  return spells.map(({ at, takenNodes, heldNodes }) => ({
    ...{ type: 'nodes-taken', at, offerId, takenNodes },
    heldNodes: Math.max(takenNodes, heldNodes),
  }));
};
