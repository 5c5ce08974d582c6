import type { OfferId } from '../catalogue/offer.js';
import type { GroupId } from '../demand/demand-group.js';
import type { Fleet, Holding } from '../fleet/fleet.js';
import { paidUntil } from '../simulation/accounts/paid-until.js';
import { plainOffer } from '../testing/plain-parts.js';
import { imaginedNodes } from './imagined-nodes.js';

const AT = 1_767_225_600_000;
const HOUR_MS = 3_600_000;
const offer = plainOffer('eight', 8, 20, {
  billing: { priceMicroUsdPerNodeHour: 20_000_000, incrementSeconds: 60, minimumSeconds: 3_600 },
});
const byId = new Map([[offer.offerId as string, offer]]);

const fleetOf = (holding: Partial<Holding>, running: readonly (readonly number[])[]): Fleet => ({
  seenAt: AT,
  holdings: [
    {
      ...{ offerId: offer.offerId, nodes: 2, startingNodes: 0, drainingNodes: 0, paidUntil: [] },
      ...holding,
    },
  ],
  running: [],
  nodes: running.map((counts) => ({
    offerId: 'eight' as OfferId,
    running: counts.map((containers, group) => ({ groupId: `g${group}` as GroupId, containers })),
  })),
});
const counts = (fleet: Fleet) =>
  imaginedNodes(fleet, byId, AT)!.map(({ containers }) =>
    containers.reduce((sum, { containers: count }) => sum + count, 0),
  );

describe('a fleet as a rehearsal begins with it', () => {
  test('has what runs on each node, and nothing on those on their way', () => {
    expect(counts(fleetOf({ nodes: 3, startingNodes: 1 }, [[], [3], [1, 1]]))).toEqual([3, 2, 0]);
    const [, late] = imaginedNodes(fleetOf({ startingNodes: 1 }, [[3], []]), byId, AT)!;
    expect(late!.readyAt).toBeGreaterThan(AT);
  });

  test('has nothing of what is drained beside the nodes that are held', () => {
    expect(counts(fleetOf({ nodes: 2, startingNodes: 1 }, [[3], [1], []]))).toEqual([3, 0]);
  });

  test('is paid for as long as it is, and a node of long ago no longer than it runs', () => {
    const until = AT + HOUR_MS / 2;
    const [paid, old] = imaginedNodes(fleetOf({ paidUntil: [{ at: until, nodes: 1 }] }, [[], []]), byId, AT)!;
    expect(paidUntil(offer.billing, paid!.startedAt, AT)).toBe(until);
    expect(paidUntil(offer.billing, old!.startedAt, AT)).toBe(AT);
  });

  test('is not imagined where nobody knows what stands on which node', () => {
    const { nodes: _, ...fleet } = fleetOf({}, []);
    expect(imaginedNodes(fleet, byId, AT)).toBe(undefined);
  });
});
