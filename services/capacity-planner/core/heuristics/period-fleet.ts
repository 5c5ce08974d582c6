import { CoverLeft } from '../model/cover-left.js';
import type { Prepared } from '../model/prepared.js';
import { spendLimit } from '../model/spend.js';
import { CellRoom } from '../plan/cell-room.js';
import { thousandths, toMicroUsd } from '../plan/exact-money.js';
import { nodesMoneyPerHour } from '../plan/nodes-money.js';
import { CoveredStarts } from './covered-starts.js';
import { PinnedNodes } from './pinned-nodes.js';

const NOISE = 1e-6;

/** The fleet of one period while a rule of thumb builds it: nodes bought within caps, quotas and markets, containers put on them. */
export class PeriodFleet {
  readonly nodes: Float64Array;
  /** Containers by pair. */
  readonly served: Float64Array;
  readonly rooms: readonly CellRoom[];
  readonly pinned: PinnedNodes;
  private cover: CoverLeft | undefined;
  private readonly quotaLeft: Float64Array;
  private readonly marketLeft: Float64Array;
  private readonly quotasOf: readonly number[][];
  private spendLeft: number;

  constructor(
    private readonly prepared: Prepared,
    readonly period: number,
    base: (unit: number) => number,
    /** Units of which more may be bought, by their own wish. */
    private readonly buysOf: (unit: number) => boolean = () => true,
    /** Where more is spent than the cap allows: what may be started all the same. */
    private readonly covered = CoveredStarts.of(prepared, period, (unit) => prepared.units[unit]!.held),
  ) {
    const { units, quotas, markets, pairs, cells } = prepared;
    this.nodes = Float64Array.from(units, ({ index }) => base(index));
    covered?.setAll(this.nodes);
    this.served = new Float64Array(pairs.length);
    this.pinned = new PinnedNodes(prepared, period, this.nodes);
    this.cover = this.coverLeft();
    this.rooms = cells.map((cell) => new CellRoom(cell, prepared, (unit) => this.nodes[unit]!));
    const slotsHeld = (within: readonly number[]): number =>
      within.reduce((sum, unit) => sum + units[unit]!.slots * this.nodes[unit]!, 0);
    this.quotaLeft = Float64Array.from(quotas, ({ limit, units: within }) => limit - slotsHeld(within));
    this.marketLeft = Float64Array.from(markets, (market) => market.limit[period]! - slotsHeld(market.units));
    this.quotasOf = units.map(() => []);
    quotas.forEach(({ units: within }, quota) => within.forEach((unit) => this.quotasOf[unit]!.push(quota)));
    const spend = spendLimit(prepared);
    this.spendLeft = spend?.spent === 'below' ? spend.microUsdPerHour - this.spentPerHour() : Infinity;
  }

  private coverLeft(): CoverLeft | undefined {
    const { prepared, period, nodes } = this;
    return prepared.commitments.some(({ active }) => active[period])
      ? new CoverLeft(prepared, period, nodes)
      : undefined;
  }

  /** What this fleet costs per hour at list price, beside what commitments cover. */
  private spentPerHour(): number {
    const thousandthsOf = (unit: number): number => thousandths(this.nodes[unit]!);
    return toMicroUsd(nodesMoneyPerHour(this.prepared, thousandthsOf, this.period));
  }

  /** By all hard rules. */
  mayBuy(unit: number): boolean {
    const { cap, open, slots } = this.prepared.units[unit]!;
    return (
      this.buysOf(unit) &&
      open[this.period]! &&
      this.nodes[unit]! + 1 <= cap &&
      (this.covered?.allows(unit, this.nodes[unit]! + 1) ?? true) &&
      this.addsMicroUsdPerHour(unit) <= this.spendLeft &&
      this.quotasOf[unit]!.every((quota) => slots <= this.quotaLeft[quota]!)
    );
  }

  /** What one node more adds to the bill of an hour at list price: nothing where a commitment pays for it. */
  addsMicroUsdPerHour(unit: number): number {
    return this.cover?.addsMicroUsdPerHour(unit) ?? this.prepared.units[unit]!.prices.listMicroUsdPerHour;
  }

  /** A market's share and what operators pin are no hard rules: what it costs in an hour that one node more stands beyond them. */
  beyondMicroUsdPerHour(unit: number): number {
    return this.beyondShareMicroUsdPerHour(unit) + this.pinned.beyondMicroUsdPerHour(unit);
  }

  private beyondShareMicroUsdPerHour(unit: number): number {
    const { slots, market } = this.prepared.units[unit]!;
    if (market < 0) return 0;
    const beyond = Math.min(slots, slots - this.marketLeft[market]!);
    return beyond <= NOISE ? 0 : beyond * this.prepared.markets[market]!.slackMicroUsdPerHour;
  }

  /** One node more, or (-1) one fewer. */
  change(unit: number, by: 1 | -1): void {
    const { slots, market, cell } = this.prepared.units[unit]!;
    this.spend(unit, by);
    this.covered?.set(unit, this.nodes[unit]!);
    this.pinned.change(unit, by);
    for (const quota of this.quotasOf[unit]!) this.quotaLeft[quota]! -= by * slots;
    if (market >= 0) this.marketLeft[market]! -= by * slots;
    this.rooms[cell]!.grow(slots, by);
  }

  private spend(unit: number, by: 1 | -1): void {
    const adds = this.addsMicroUsdPerHour(unit);
    const spent = this.cover !== undefined && by < 0 && this.spendLeft < Infinity ? this.spentPerHour() : 0;
    this.nodes[unit]! += by;
    // Which of the nodes a commitment pays for changes as one goes: that is reckoned anew.
    if (this.cover === undefined || by > 0) this.spendLeft -= by * adds;
    else if (this.spendLeft < Infinity) this.spendLeft += spent - this.spentPerHour();
    this.cover &&= this.coverLeft();
  }

  /** Puts as many containers of the pair's group there as fit, whole ones in the first period; says how many. */
  put(pair: number, wanted: number): number {
    const { group, cell } = this.prepared.pairs[pair]!;
    const fits = this.rooms[cell]!.fits(group);
    const some = Math.min(wanted, this.period === 0 ? Math.floor(fits + NOISE) : fits);
    if (some <= 0) return 0;
    this.rooms[cell]!.take(group, some);
    this.served[pair]! += some;
    return some;
  }

  /** Returns the nodes that nothing stands on and no pin wants, the dearest first, what is paid for already last; `keep` says what must stay. */
  returnEmpty(keep: (unit: number) => number): void {
    for (const cell of this.prepared.cells) {
      const dearestFirst = cell.units.toSorted(
        (a, b) => this.isOpen(b) - this.isOpen(a) || this.pricePerSlot(b) - this.pricePerSlot(a) || b - a,
      );
      for (const unit of dearestFirst)
        while (
          this.nodes[unit]! - 1 >= keep(unit) &&
          this.pinned.spares(unit) &&
          this.rooms[cell.index]!.spares(this.prepared.units[unit]!.slots)
        )
          this.change(unit, -1);
    }
  }

  private isOpen(unit: number): number {
    return (this.cover?.isOpen(unit) ?? true) ? 1 : 0;
  }

  private pricePerSlot(unit: number): number {
    const { prices, slots } = this.prepared.units[unit]!;
    return prices.listMicroUsdPerHour / slots;
  }
}
