import type { InputId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

type Entry = Readonly<{ inputId: InputId; availableAt: Instant; place: number }>;

/** Inputs that may run at a later moment, the soonest first, then as they came: a binary heap, of which removed entries are let go at its top. */
export class LaterInputs {
  private heap: Entry[] = [];
  private readonly entries = new Map<InputId, Entry>();
  private added = 0;

  get size(): number {
    return this.entries.size;
  }

  has(inputId: InputId): boolean {
    return this.entries.has(inputId);
  }

  add(inputId: InputId, availableAt: Instant): void {
    const entry = { inputId, availableAt, place: (this.added += 1) };
    this.entries.set(inputId, entry);
    this.heap.push(entry);
    this.rise(this.heap.length - 1);
  }

  remove(inputId: InputId): void {
    this.entries.delete(inputId);
    // What is in order is a heap.
    if (this.heap.length > 2 * this.entries.size + 1_000) this.heap = this.inOrder();
  }

  first(): Entry | undefined {
    while (this.heap[0] !== undefined && !this.isHere(this.heap[0])) this.pop();
    return this.heap[0];
  }

  inOrder(): Entry[] {
    return [...this.entries.values()].toSorted((a, b) => (isBefore(a, b) ? -1 : 1));
  }

  private isHere(entry: Entry): boolean {
    return this.entries.get(entry.inputId) === entry;
  }

  private pop(): void {
    const last = this.heap.pop()!;
    if (this.heap.length === 0) return;
    this.heap[0] = last;
    this.sink();
  }

  private rise(from: number): void {
    const entry = this.heap[from]!;
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!isBefore(entry, this.heap[above]!)) break;
      this.heap[place] = this.heap[above]!;
      place = above;
    }
    this.heap[place] = entry;
  }

  private sink(): void {
    const entry = this.heap[0]!;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below + 1 < this.heap.length && isBefore(this.heap[below + 1]!, this.heap[below]!)) below += 1;
      if (below >= this.heap.length || !isBefore(this.heap[below]!, entry)) break;
      this.heap[place] = this.heap[below]!;
      place = below;
    }
    this.heap[place] = entry;
  }
}

const isBefore = (a: Entry, b: Entry): boolean =>
  a.availableAt < b.availableAt || (a.availableAt === b.availableAt && a.place < b.place);
