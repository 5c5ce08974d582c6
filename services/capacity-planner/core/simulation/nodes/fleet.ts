import type { Instant } from '@slipway/kernel';
import { luckAt, normalFrom } from '../chance.js';
import type { Period } from '../period.js';
import type { NodeUse } from '../policy-port.js';
import { Node } from './node.js';

// Names the kinds of luck apart.
const LUCK = { lost: 1, lead: 2, spread: 3, boots: 4 } as const;

/** The nodes that a policy holds, and the vendors' side of it: who is granted, how long a start takes, who is taken back. */
export class SimulatedFleet {
  readonly nodes: Node[] = [];
  readonly #held: number[];
  readonly #startsOf: number[];
  readonly #groupOf: ReadonlyMap<string, number>;
  readonly #period: Period;
  #next = 1;

  constructor(period: Period) {
    this.#period = period;
    this.#held = period.offers.map(() => 0);
    this.#startsOf = period.offers.map(() => 0);
    this.#groupOf = new Map(period.groups.map(({ groupId }, index) => [groupId, index]));
  }

  held(offer: number): number {
    return this.#held[offer]!;
  }

  /** How many more nodes of the offer its vendor would grant at this step. */
  openRoom(offer: number, step: number): number {
    const { offers, histories, quotas } = this.#period;
    const wanted = offers[offer]!;
    let room = histories[offer]!.openNodes[step]! - this.#held[offer]!;
    for (const { scope, limit } of quotas) {
      const counts = ({ vendor, region, shape, purchase }: typeof wanted): boolean =>
        scope.vendor === vendor &&
        (scope.region === undefined || scope.region === region) &&
        (scope.gpuType === undefined || scope.gpuType === shape.gpuType) &&
        (scope.purchase === undefined || scope.purchase === purchase);
      if (!counts(wanted)) continue;
      const unit = Math.max(1, wanted.shape.gpuCount);
      const used = offers.reduce(
        (sum, other, index) =>
          this.#held[index] && counts(other) ? sum + this.#held[index] * other.shape.gpuCount : sum,
        0,
      );
      room = Math.min(room, Math.floor((limit - used) / unit));
    }
    return Math.max(0, room);
  }

  /** Grants as many starts as there is room for, and answers how many. */
  start(offer: number, asked: number, keepFor: NodeUse | undefined, step: number, at: Instant): number {
    const granted = Math.min(asked, this.openRoom(offer, step));
    const { leadMs, leadSpread, startSuccess } = this.#period.histories[offer]!;
    const { seed } = this.#period;
    for (let count = 0; count < granted; count += 1) {
      const ordinal = this.#startsOf[offer]!++;
      const spread = normalFrom(
        luckAt(seed, LUCK.lead, offer, ordinal),
        luckAt(seed, LUCK.spread, offer, ordinal),
      );
      const group = keepFor && this.#groupOf.get(keepFor.groupId);
      const started = {
        nodeId: this.#next++,
        offer,
        ordinal,
        startedAt: at,
        readyAt: at + Math.round(leadMs * Math.exp(leadSpread * spread)),
        boots: luckAt(seed, LUCK.boots, offer, ordinal) < startSuccess,
      };
      const kept = group === undefined ? undefined : { group, containers: keepFor!.containers };
      this.nodes.push(new Node(started, this.#period.offers[offer]!.shape, kept));
      this.#held[offer]! += 1;
    }
    return granted;
  }

  /** A node that runs when the period begins: it has started well. */
  adopt(offer: number, startedAt: Instant, readyAt: Instant): Node {
    const ordinal = this.#startsOf[offer]!++;
    const started = { nodeId: this.#next++, offer, ordinal, startedAt, readyAt, boots: true };
    const node = new Node(started, this.#period.offers[offer]!.shape);
    this.nodes.push(node);
    this.#held[offer]! += 1;
    return node;
  }

  end(node: Node, at: Instant): void {
    node.endedAt = at;
    this.#held[node.offer]! -= 1;
  }

  /** Nodes that their vendors take back at the beginning of the step. */
  taken(step: number): readonly Node[] {
    const { seed, histories } = this.#period;
    return this.nodes.filter(({ offer, ordinal }) => {
      const share = histories[offer]!.lostShare[step]!;
      return share > 0 && luckAt(seed, LUCK.lost, offer, ordinal, step) < share;
    });
  }

  /** Forgets nodes that have ended. */
  sweep(): void {
    let kept = 0;
    for (const node of this.nodes) if (node.endedAt === undefined) this.nodes[kept++] = node;
    this.nodes.length = kept;
  }
}
