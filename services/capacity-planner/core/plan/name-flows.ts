import type { OfferId } from '../catalogue/offer.js';
import type { Cell, Prepared } from '../model/prepared.js';
import { usableSlots } from '../model/slots.js';
import type { ExactCounts } from './exact-counts.js';
import type { Flow, OfferPlan } from './plan.js';

type Room = {
  offerId: OfferId;
  unit: number;
  nodes: number;
  ready: number;
  slots: number;
  used: number;
};

/** How many containers of a group stand on the nodes of a unit, where that is known node by node. */
export type OnUnit = (unit: number, group: number) => number;

/**
 * The first period's flows by offer: large containers first, dear waits first, and nodes that are there before nodes that start.
 * Containers stay on the offer where they run as far as they can.
 */
export const nameFlows = (
  prepared: Prepared,
  { served }: ExactCounts,
  offers: readonly OfferPlan[],
  onUnit?: OnUnit,
): Flow[] => {
  const planned = new Map(offers.map((offer) => [offer.offerId, offer]));
  const running = new Map(
    prepared.problem.fleet.running.map(({ groupId, offerId, containers }) => [
      `${groupId}/${offerId}`,
      containers,
    ]),
  );
  const flows: Flow[] = [];
  for (const cell of prepared.cells) {
    const rooms = roomsOf(cell, prepared, planned);
    const inCell = prepared.pairs
      .map((pair, index) => ({ ...pair, containers: served[index]![0]! / 1000 }))
      .filter((pair) => pair.cell === cell.index && pair.containers > 0)
      .toSorted(
        (a, b) =>
          cell.slots[b.group]! - cell.slots[a.group]! ||
          prepared.groups[b.group]!.prices.lateMicroUsdPerHour -
            prepared.groups[a.group]!.prices.lateMicroUsdPerHour,
      );
    for (const { group, containers } of inCell) {
      const { groupId } = prepared.groups[group]!.group;
      const taken = cell.slots[group]!;
      let left = containers;
      const put = new Map<OfferId, number>();
      const fill = (room: Room, nodes: number, atMost: number): void => {
        const fits = Math.floor((nodes * usableSlots(room.slots, taken) - room.used) / taken + 1e-9);
        const some = Math.min(left, atMost, Math.max(0, fits));
        if (some <= 0) return;
        room.used += some * taken;
        left -= some;
        put.set(room.offerId, (put.get(room.offerId) ?? 0) + some);
      };
      if (onUnit !== undefined) {
        const planned = new Map(cell.units.map((unit) => [unit, onUnit(unit, group)]));
        for (const room of rooms) {
          const before = left;
          fill(room, room.nodes, planned.get(room.unit)!);
          planned.set(room.unit, planned.get(room.unit)! - (before - left));
        }
      }
      for (const room of rooms) fill(room, room.ready, running.get(`${groupId}/${room.offerId}`) ?? 0);
      for (const room of rooms) fill(room, room.ready, left);
      for (const room of rooms) fill(room, room.nodes, left);
      for (const [offerId, count] of put)
        flows.push({ groupId, offerId, cellId: cell.cellId, containers: count });
    }
  }
  return flows;
};

const roomsOf = (cell: Cell, { units }: Prepared, planned: ReadonlyMap<OfferId, OfferPlan>): Room[] =>
  cell.units.flatMap((unit) =>
    units[unit]!.members.flatMap(({ offer, held, starting }) => {
      const plan = planned.get(offer.offerId);
      const nodes = plan?.nodes[0] ?? 0;
      return nodes === 0
        ? []
        : [
            {
              offerId: offer.offerId,
              unit,
              nodes,
              ready: Math.min(nodes - (plan?.starts[0] ?? 0), held - starting),
              slots: units[unit]!.slots,
              used: 0,
            },
          ];
    }),
  );
