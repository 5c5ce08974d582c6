import type { NodeShape } from '../../catalogue/offer.js';
import type { Need } from '../compatibility.js';

/** The room of one node, and what stands in it. Groups are numbered by their place in the period. */
export class Space {
  readonly containers = new Map<number, number>();
  #gpus: number;
  #vcpus: number;
  #memoryMiB: number;

  constructor(
    readonly shape: NodeShape,
    readonly keptFor?: Readonly<{ group: number; containers: number }>,
  ) {
    this.#gpus = shape.gpuCount;
    this.#vcpus = shape.vcpus;
    this.#memoryMiB = shape.memoryMiB;
  }

  get freeGpus(): number {
    return this.#gpus;
  }

  get freeVcpus(): number {
    return this.#vcpus;
  }

  get busyGpus(): number {
    return this.shape.gpuCount - this.#gpus;
  }

  get isEmpty(): boolean {
    return this.containers.size === 0;
  }

  /** How many more containers of a group it takes, at most `most`. */
  room(group: number, need: Need, most: number): number {
    let fits = most;
    if (this.keptFor !== undefined) {
      if (this.keptFor.group !== group) return 0;
      fits = Math.min(fits, this.keptFor.containers - (this.containers.get(group) ?? 0));
    }
    if (need.gpus > 0) fits = Math.min(fits, Math.floor(this.#gpus / need.gpus));
    if (need.vcpus > 0) fits = Math.min(fits, Math.floor(this.#vcpus / need.vcpus));
    if (need.memoryMiB > 0) fits = Math.min(fits, Math.floor(this.#memoryMiB / need.memoryMiB));
    return Math.max(0, fits);
  }

  /** A negative count takes containers away. */
  put(group: number, need: Need, count: number): void {
    if (count === 0) return;
    const left = (this.containers.get(group) ?? 0) + count;
    if (left === 0) this.containers.delete(group);
    else this.containers.set(group, left);
    this.#gpus -= need.gpus * count;
    this.#vcpus -= need.vcpus * count;
    this.#memoryMiB -= need.memoryMiB * count;
    if (left < 0 || this.#gpus < 0 || this.#vcpus < 0 || this.#memoryMiB < 0)
      throw new Error(
        `a node of ${this.shape.gpuCount} GPUs cannot hold ${left} containers of group ${group}`,
      );
  }
}
