import type { Cell, Prepared } from '../model/prepared.js';
import { usableSlots } from '../model/slots.js';

/** What room a cell has for containers of each size, while they are put into it one after another. */
export class CellRoom {
  private readonly free: Float64Array;

  constructor(
    readonly cell: Cell,
    { units }: Prepared,
    nodesOf: (unit: number) => number,
  ) {
    this.free = Float64Array.from(cell.sizes, (size) =>
      cell.units.reduce((sum, unit) => sum + usableSlots(units[unit]!.slots, size) * nodesOf(unit), 0),
    );
  }

  /** How many containers of a group fit (a fraction, where counts are fractions). */
  fits(group: number): number {
    const taken = this.cell.slots[group] ?? 0;
    if (taken === 0) return 0;
    let room = Infinity;
    this.cell.sizes.forEach((size, index) => {
      if (size <= taken) room = Math.min(room, this.free[index]!);
    });
    return Math.max(0, room / taken);
  }

  /** Puts containers of a group in; a negative number takes them out. */
  take(group: number, containers: number): void {
    const taken = this.cell.slots[group] ?? 0;
    this.cell.sizes.forEach((size, index) => {
      if (size <= taken) this.free[index]! -= taken * containers;
    });
  }

  /** Could a node of so many slots go, and everything still fit? */
  spares(slots: number): boolean {
    return this.cell.sizes.every((size, index) => this.free[index]! + 1e-6 >= usableSlots(slots, size));
  }

  /** More nodes of a unit. */
  grow(slots: number, nodes: number): void {
    this.cell.sizes.forEach((size, index) => {
      this.free[index]! += usableSlots(slots, size) * nodes;
    });
  }
}
