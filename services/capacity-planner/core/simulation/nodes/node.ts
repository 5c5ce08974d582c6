import type { Instant } from '@slipway/kernel';
import type { NodeShape } from '../../catalogue/offer.js';
import { Space } from './space.js';

/** A node of the simulated fleet. Offers are numbered by their place in the period. */
export class Node extends Space {
  readonly nodeId: number;
  readonly offer: number;
  /** Counts the starts of its offer: names it for chance, the same in every run. */
  readonly ordinal: number;
  readonly startedAt: Instant;
  /** It takes containers from then on, or is known to have failed. */
  readonly readyAt: Instant;
  readonly boots: boolean;
  draining = false;
  endedAt: Instant | undefined;

  constructor(
    { nodeId, offer, ordinal, startedAt, readyAt, boots }: StartedNode,
    shape: NodeShape,
    keptFor?: Readonly<{ group: number; containers: number }>,
  ) {
    super(shape, keptFor);
    this.nodeId = nodeId;
    this.offer = offer;
    this.ordinal = ordinal;
    this.startedAt = startedAt;
    this.readyAt = readyAt;
    this.boots = boots;
  }

  isReady(at: Instant): boolean {
    return this.boots && this.readyAt <= at && this.endedAt === undefined;
  }
}

export type StartedNode = Pick<Node, 'nodeId' | 'offer' | 'ordinal' | 'startedAt' | 'readyAt' | 'boots'>;
