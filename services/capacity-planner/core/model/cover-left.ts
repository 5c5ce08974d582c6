import type { CoveringCommitment, Prepared } from './prepared.js';

/** What is left of a commitment to nodes, or of all shares of one vendor's bill; it pays for nodes of these units. */
export type SpareCover = Readonly<{ units: ReadonlySet<number> }> &
  (Readonly<{ kind: 'nodes'; nodes: number }> | Readonly<{ kind: 'spend'; microUsdPerHour: number }>);

/** All that are in force in a period, or of these only those that are to the end of the plan's horizon. */
export type CountedTerms = 'in-force' | 'lasting';

/** What commitments of a period have left beside the nodes of a fleet, in the order in which they pay: nodes first, then shares of a bill. */
export class CoverLeft {
  /** Nodes of each unit that no commitment to nodes pays for. */
  private readonly open: Float64Array;
  private readonly nodesLeft = new Map<CoveringCommitment, number>();
  /** By vendor, what the rest of its bill leaves of commitments to it; below 0 where they do not pay for all of it. */
  private readonly balances = new Map<string, number>();
  private readonly inForce: readonly CoveringCommitment[];
  /** Those of them that are counted. */
  private readonly active: readonly CoveringCommitment[];

  constructor(
    private readonly prepared: Prepared,
    period: number,
    nodes: Float64Array,
    counted: CountedTerms = 'in-force',
  ) {
    this.inForce = prepared.commitments.filter((one) => one.active[period]);
    this.active = counted === 'in-force' ? this.inForce : this.inForce.filter(isLasting);
    this.open = Float64Array.from(nodes);
    for (const one of this.active) this.takeNodes(one);
    for (const one of this.active) this.takeBill(one);
  }

  /** What one node more adds to the bill of an hour; no less than it does. */
  addsMicroUsdPerHour(unit: number): number {
    const list = this.list(unit);
    for (const [{ units }, left] of this.nodesLeft) if (left >= 1 && units.includes(unit)) return 0;
    const { vendor, purchase } = this.prepared.units[unit]!.offer;
    const left = Math.max(0, this.balances.get(vendor) ?? 0);
    return purchase === 'spot' ? list : Math.max(0, list - left);
  }

  /** What is left of each, those first that pay first. */
  spare(): readonly SpareCover[] {
    const vendors = new Map(
      this.active.flatMap(({ commitment, units }) =>
        commitment.kind === 'spend' ? [[commitment.vendor, units] as const] : [],
      ),
    );
    return [
      ...[...this.nodesLeft].map(([one, nodes]): SpareCover => ({
        ...{ kind: 'nodes', units: new Set(one.units) },
        nodes: this.isNested(one) ? nodes : 0,
      })),
      ...[...vendors].map(([vendor, units]): SpareCover => ({
        ...{ kind: 'spend', units: new Set(units) },
        microUsdPerHour: Math.max(0, this.balances.get(vendor) ?? 0),
      })),
    ];
  }

  /** Of commitments that overlap and do not hold one another, which pays for what changes with each node more. */
  private isNested({ units }: CoveringCommitment): boolean {
    return this.inForce.every((other) => {
      if (other.commitment.kind !== 'nodes') return true;
      const shared = other.units.filter((unit) => units.includes(unit)).length;
      return shared === 0 || shared === units.length || shared === other.units.length;
    });
  }

  /** Is any node of it one that has to be paid for? */
  isOpen(unit: number): boolean {
    return this.open[unit]! > 0;
  }

  private list(unit: number): number {
    return this.prepared.units[unit]!.prices.listMicroUsdPerHour;
  }

  private takeNodes(one: CoveringCommitment): void {
    if (one.commitment.kind !== 'nodes') return;
    let left = one.commitment.nodes;
    for (const unit of one.units.toSorted((a, b) => this.list(b) - this.list(a))) {
      const some = Math.min(left, this.open[unit]!);
      this.open[unit]! -= some;
      left -= some;
    }
    this.nodesLeft.set(one, left);
  }

  private takeBill({ commitment, units }: CoveringCommitment): void {
    if (commitment.kind !== 'spend') return;
    const { vendor, coveredMicroUsdPerHour } = commitment;
    const bill = units.reduce((sum, unit) => sum + this.list(unit) * this.open[unit]!, 0);
    // All of one vendor cover the same.
    this.balances.set(vendor, (this.balances.get(vendor) ?? -bill) + coveredMicroUsdPerHour);
  }
}

const isLasting = ({ active }: CoveringCommitment): boolean => active.at(-1) === true;
