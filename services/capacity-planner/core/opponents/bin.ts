import type { Offer } from '../catalogue/offer.js';
import { Space } from '../simulation/nodes/space.js';
import type { ObservedNode } from '../simulation/policy-port.js';

/** A node that an opponent packs: one that runs, or one that it thinks of starting. */
export class Bin extends Space {
  readonly offer: number;
  readonly node: ObservedNode | undefined;

  constructor(offer: number, { shape }: Offer, node?: ObservedNode) {
    super(shape);
    this.offer = offer;
    this.node = node;
  }
}
