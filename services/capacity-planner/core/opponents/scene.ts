import type { Offer } from '../catalogue/offer.js';
import { mayServe, needOf, type Need } from '../simulation/compatibility.js';
import { placingOrder } from '../simulation/nodes/placing.js';
import type { Observation, ObservedNode, Wish } from '../simulation/policy-port.js';
import { weightOf } from '../simulation/weight.js';
import { Bin } from './bin.js';

/** What stays the same in all observations of a run, worked out once: who may stand where, and in which order groups are packed. */
export class Scene {
  readonly needs: readonly Need[];
  readonly weights: readonly number[];
  readonly sticky: readonly boolean[];
  readonly order: readonly number[];
  /** By group, then by offer. */
  readonly allowed: readonly (readonly boolean[])[];
  /** By offer: the groups that may stand there, in packing order. */
  readonly groupsOf: readonly (readonly number[])[];
  /** By offer: equal for offers of one shape that the same groups may use. */
  readonly kinds: readonly string[];
  readonly #offerIndex: ReadonlyMap<string, number>;
  readonly #groupIndex: ReadonlyMap<string, number>;

  constructor({ groups, offers }: Pick<Observation, 'groups' | 'offers'>) {
    this.needs = groups.map(needOf);
    this.weights = groups.map(weightOf);
    this.sticky = groups.map(({ movement }) => movement === 'sticky');
    this.order = placingOrder(groups);
    this.allowed = groups.map((group) => offers.map((offer) => mayServe(group, offer)));
    this.groupsOf = offers.map((_, offer) => this.order.filter((group) => this.allowed[group]![offer]));
    this.kinds = offers.map(
      ({ shape: { gpuCount, vcpus, memoryMiB } }, offer) =>
        `${gpuCount} ${vcpus} ${memoryMiB}: ${this.groupsOf[offer]!.join()}`,
    );
    this.#offerIndex = new Map(offers.map(({ offerId }, index) => [offerId, index]));
    this.#groupIndex = new Map(groups.map(({ groupId }, index) => [groupId, index]));
  }

  offerOf({ offerId }: Pick<Offer, 'offerId'>): number {
    return this.#offerIndex.get(offerId)!;
  }

  groupOf({ groupId }: Readonly<{ groupId: string }>): number {
    return this.#groupIndex.get(groupId)!;
  }

  /** A bin for a node that runs, with its sticky containers in it. */
  binOf(node: ObservedNode, offers: readonly Offer[]): Bin {
    const offer = this.offerOf(node);
    const bin = new Bin(offer, offers[offer]!, node);
    for (const { groupId, containers } of node.sticky) {
      const group = this.groupOf({ groupId });
      bin.put(group, this.needs[group]!, containers);
    }
    return bin;
  }

  /** What is wanted and stands nowhere yet: every short container, and sticky ones that are new. */
  pending({ wanted, nodes }: Observation): number[] {
    const pending = [...wanted];
    for (const { sticky } of nodes)
      for (const { groupId, containers } of sticky) pending[this.groupOf({ groupId })]! -= containers;
    return pending.map((count) => Math.max(0, count));
  }

  /** Packs what is pending into bins, each group's into the fullest first; counts `pending` down. */
  packInto(bins: readonly Bin[], pending: number[]): void {
    for (const group of this.order) {
      if (pending[group] === 0) continue;
      const need = this.needs[group]!;
      const fitting = bins
        .filter((bin) => this.allowed[group]![bin.offer] && bin.room(group, need, 1) > 0)
        .toSorted((a, b) => a.freeGpus - b.freeGpus);
      for (const bin of fitting) {
        if (pending[group] === 0) break;
        const count = bin.room(group, need, pending[group]!);
        bin.put(group, need, count);
        pending[group]! -= count;
      }
    }
  }

  /** Fills one bin with what is pending, large containers first; counts `pending` down. */
  fill(bin: Bin, pending: number[]): void {
    for (const group of this.groupsOf[bin.offer]!) {
      const count = bin.room(group, this.needs[group]!, pending[group]!);
      bin.put(group, this.needs[group]!, count);
      pending[group]! -= count;
    }
  }

  /** How much of an empty node of the offer would be used. */
  used(offer: number, { shape }: Offer, pending: readonly number[]): number {
    let [gpus, vcpus, memoryMiB, used] = [shape.gpuCount, shape.vcpus, shape.memoryMiB, 0];
    for (const group of this.groupsOf[offer]!) {
      const wanted = pending[group]!;
      if (wanted === 0) continue;
      const need = this.needs[group]!;
      const count = Math.min(
        wanted,
        need.gpus > 0 ? Math.floor(gpus / need.gpus) : wanted,
        need.vcpus > 0 ? Math.floor(vcpus / need.vcpus) : wanted,
        need.memoryMiB > 0 ? Math.floor(memoryMiB / need.memoryMiB) : wanted,
      );
      gpus -= count * need.gpus;
      vcpus -= count * need.vcpus;
      memoryMiB -= count * need.memoryMiB;
      used += count * this.weights[group]!;
    }
    return used;
  }

  /** The flows and starts that a packing means. */
  wish({ offers, groups }: Observation, bins: readonly Bin[], stops: readonly number[]): Wish {
    const starts = new Map<number, number>();
    const flows = new Map<number, Map<number, number>>();
    for (const { offer, node, containers } of bins) {
      if (node === undefined) starts.set(offer, (starts.get(offer) ?? 0) + 1);
      const here = flows.get(offer) ?? new Map<number, number>();
      flows.set(offer, here);
      for (const [group, count] of containers) here.set(group, (here.get(group) ?? 0) + count);
    }
    return {
      starts: [...starts].map(([offer, nodes]) => ({ offerId: offers[offer]!.offerId, nodes })),
      stops,
      flows: [...flows].flatMap(([offer, here]) =>
        [...here].map(([group, containers]) => ({
          groupId: groups[group]!.groupId,
          offerId: offers[offer]!.offerId,
          containers,
        })),
      ),
    };
  }
}
