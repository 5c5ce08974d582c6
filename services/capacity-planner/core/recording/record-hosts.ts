import type { Instant } from '@slipway/kernel';
import { isPaid, type Host, type PaidHost } from '../acting/host.state.js';
import type { OfferId } from '../catalogue/offer.js';
import type { MarketEvent } from '../backtest/replay/recorded-event.js';
import { afterRefusal, type RefusedDepth } from '../lessons/refused-depth.js';
import { endOf, heldNodes, type HeldNodes } from './held-nodes.js';

/** What is taken within so long is taken at once. */
const AT_ONCE_MS = 5 * 60_000;

/**
 * What our own hosts showed of each offer in a stretch of time: how many could be held, and what was taken back. Of before it only
 * what still holds then: the nodes that are held, and a refusal that is believed. In the order of time.
 */
export const recordHosts = (hosts: readonly Host[], from: Instant, until: Instant): readonly MarketEvent[] =>
  [...Map.groupBy(hosts, ({ offerId }) => offerId)]
    .flatMap(([offerId, of]) => {
      const paid = of.filter(isPaid);
      const heldAt = heldNodes(paid);
      return [
        ...grants(offerId, paid, heldAt, from),
        ...holdingSince(from, refusals(offerId, of, heldAt)),
        ...losses(offerId, paid, heldAt).filter(({ at }) => at >= from),
      ];
    })
    .filter(({ at }) => at <= until)
    .toSorted((a, b) => a.at - b.at);

/** Taken back, or gone without a word: not every vendor gives notice. */
export const wasTaken = (host: Host): boolean =>
  host.status === 'ended' && (host.how === 'preempted' || host.how === 'lost');

const grants = (
  offerId: OfferId,
  paid: readonly PaidHost[],
  heldAt: HeldNodes,
  from: Instant,
): readonly MarketEvent[] =>
  [...new Set([from, ...paid.map(({ billedFrom }) => billedFrom)])]
    .filter((at) => at >= from && heldAt(at) > 0)
    .map((at) => ({ type: 'depth-reached', at, offerId, nodes: heldAt(at) }));

/** Without what is over when it begins; in the order of time. */
const holdingSince = (from: Instant, events: readonly MarketEvent[]): readonly MarketEvent[] => {
  const last = events.findLast(({ at }) => at < from);
  return events.filter((event) => event.at >= from || (event === last && event.type === 'depth-seen'));
};

/** A refusal holds for as long as the planner itself believes it. */
const refusals = (offerId: OfferId, hosts: readonly Host[], heldAt: HeldNodes): readonly MarketEvent[] => {
  const moments = hosts
    .flatMap((host) =>
      host.status === 'refused' && (host.code === 'no-capacity' || host.code === 'quota')
        ? [host.endedAt]
        : [],
    )
    .toSorted((a, b) => a - b);
  let before: RefusedDepth | undefined;
  return moments.flatMap((at, index): readonly MarketEvent[] => {
    before = afterRefusal(before, heldAt(at), at);
    const forgottenAt = at + before.believedMs;
    const isHeardAgain = (moments[index + 1] ?? Infinity) <= forgottenAt;
    return [
      { type: 'depth-seen', at, offerId, nodes: before.nodes },
      ...(isHeardAgain ? [] : [{ type: 'depth-forgotten', at: forgottenAt, offerId } as const]),
    ];
  });
};

const losses = (offerId: OfferId, paid: readonly PaidHost[], heldAt: HeldNodes): readonly MarketEvent[] => {
  const taken = paid.filter(wasTaken).toSorted((a, b) => endOf(a) - endOf(b));
  const spells: { at: Instant; takenNodes: number; heldNodes: number }[] = [];
  for (const host of taken) {
    const spell = spells.at(-1);
    const at = endOf(host);
    if (spell !== undefined && at - spell.at <= AT_ONCE_MS) spell.takenNodes += 1;
    else spells.push({ at, takenNodes: 1, heldNodes: heldAt(at - 1) });
  }
  return spells.map(({ at, takenNodes, heldNodes }) => ({
    ...{ type: 'nodes-taken', at, offerId, takenNodes },
    heldNodes: Math.max(takenNodes, heldNodes),
  }));
};
