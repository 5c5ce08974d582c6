import { CONTAINERS_PER_BLOCK } from '@slipway/worker-core';

/** Which addresses of the worker's block are in use. The one that has been free for longest comes next. */
export class AddressPlaces {
  private readonly taken = new Set<number>();
  private next = 0;

  take(): number {
    for (let step = 0; step < CONTAINERS_PER_BLOCK; step += 1) {
      const place = (this.next + step) % CONTAINERS_PER_BLOCK;
      if (this.taken.has(place)) continue;
      this.taken.add(place);
      this.next = (place + 1) % CONTAINERS_PER_BLOCK;
      return place;
    }
    throw new Error(`all ${CONTAINERS_PER_BLOCK} container addresses of this worker are in use`);
  }

  free(place: number): void {
    this.taken.delete(place);
  }
}
