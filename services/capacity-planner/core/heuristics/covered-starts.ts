import type { SpareCover } from '../model/cover-left.js';
import type { Prepared } from '../model/prepared.js';
import { spareCover } from '../model/spare-cover.js';

type Source = { readonly cover: SpareCover; left: number };

/** Above the cap on spend: how many nodes of a unit a period may have, by what was there and by what commitments pay for beside it. */
export class CoveredStarts {
  private readonly sources: readonly Source[];
  /** By unit, what pays for each node beyond those that were there. */
  private readonly taken = new Map<number, Source[]>();
  /** Units with nodes that are bound to stay and that nothing is known to pay for: until they are gone, nothing more is started. */
  private readonly unpaid = new Set<number>();

  private constructor(
    private readonly prepared: Prepared,
    spare: readonly SpareCover[],
    private readonly before: (unit: number) => number,
  ) {
    this.sources = spare.map((cover) => ({
      cover,
      left: cover.kind === 'nodes' ? cover.nodes : cover.microUsdPerHour,
    }));
  }

  /** Undefined where the cap leaves room: it is then money that bounds what is started. */
  static of(prepared: Prepared, period: number, before: (unit: number) => number): CoveredStarts | undefined {
    const spare = spareCover(prepared);
    return spare && new CoveredStarts(prepared, spare[period]!, before);
  }

  /** May there be so many, one more than now at most? */
  allows(unit: number, nodes: number): boolean {
    if (this.beyond(unit, nodes) <= this.takenBy(unit).length) return true;
    return this.unpaid.size === 0 && this.sourceFor(unit) !== undefined;
  }

  /** There are so many now; those beyond what can be paid for are bound to stay. */
  set(unit: number, nodes: number): void {
    const taken = this.takenBy(unit);
    const beyond = this.beyond(unit, nodes);
    while (taken.length > beyond) {
      const source = taken.pop()!;
      source.left += this.takes(source, unit);
    }
    for (let source = this.sourceFor(unit); taken.length < beyond && source; source = this.sourceFor(unit)) {
      source.left -= this.takes(source, unit);
      taken.push(source);
    }
    this.taken.set(unit, taken);
    if (taken.length < beyond) this.unpaid.add(unit);
    else this.unpaid.delete(unit);
  }

  /** There are so many of each: the dearest are paid for first, as commitments are used up. */
  setAll(nodes: Float64Array): void {
    const list = (unit: number): number => this.prepared.units[unit]!.prices.listMicroUsdPerHour;
    for (const unit of [...nodes.keys()].toSorted((a, b) => list(b) - list(a))) this.set(unit, nodes[unit]!);
  }

  /** The most that there may be, `nodes` at most. */
  atMost(unit: number, nodes: number): number {
    const there = nodes - this.beyond(unit, nodes);
    this.set(unit, nodes);
    const most = Math.min(nodes, there + this.takenBy(unit).length);
    this.set(unit, most);
    return most;
  }

  private beyond(unit: number, nodes: number): number {
    return Math.max(0, nodes - Math.min(this.prepared.units[unit]!.held, this.before(unit)));
  }

  private takenBy(unit: number): Source[] {
    return this.taken.get(unit) ?? [];
  }

  private sourceFor(unit: number): Source | undefined {
    return this.sources.find(
      (source) => source.cover.units.has(unit) && source.left >= this.takes(source, unit),
    );
  }

  private takes({ cover }: Source, unit: number): number {
    return cover.kind === 'nodes' ? 1 : this.prepared.units[unit]!.prices.listMicroUsdPerHour;
  }
}
