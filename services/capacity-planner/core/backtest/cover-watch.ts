import type { CommitmentTerms } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { isInForce, paidPerHour } from '../commitments/commitments-of.js';
import { coveredPerHour, type PaidNodes } from '../commitments/cover-nodes.js';
import { placeOf } from '../commitments/covers.js';
import type { Node } from '../simulation/nodes/node.js';
import type { Period } from '../simulation/period.js';
import type { StepSight } from '../simulation/simulate.js';

const HOUR_MS = 3_600_000;

/**
 * Looks on while a period is simulated, and says afterwards what commitments took off the bill of its hosts while they ran, in
 * micro-USD. The accounts of a run have all hosts at list prices, whoever has committed to what.
 */
export class CoverWatch {
  #covered = 0;

  constructor(
    private readonly period: Period,
    private readonly commitments: readonly CommitmentTerms[],
  ) {}

  get coveredMicroUsd(): number {
    return Math.round(this.#covered);
  }

  readonly watch = ({ step, at, nodes }: StepSight): void => {
    const { warmUpSteps, stepMs } = this.period;
    if (step < warmUpSteps || this.commitments.length === 0) return;
    const moments = this.momentsIn(at, at + stepMs, nodes);
    for (const [index, until] of moments.slice(1).entries()) this.cover(moments[index]!, until, step, nodes);
  };

  /** From one of them to the next the same nodes run and the same commitments are in force. */
  private momentsIn(from: Instant, until: Instant, nodes: readonly Node[]): readonly Instant[] {
    const changes = [
      ...nodes.flatMap(({ startedAt, endedAt }) =>
        endedAt === undefined ? [startedAt] : [startedAt, endedAt],
      ),
      ...this.commitments.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]),
    ];
    const within = changes.filter((moment) => moment > from && moment < until);
    return [...new Set([from, ...within, until])].toSorted((a, b) => a - b);
  }

  private cover(from: Instant, until: Instant, step: number, nodes: readonly Node[]): void {
    const owned = this.commitments.filter((commitment) => isInForce(commitment, from));
    if (owned.length === 0) return;
    const running = nodes.filter(
      ({ startedAt, endedAt }) => startedAt <= from && (endedAt ?? until) >= until,
    );
    const held = [...Map.groupBy(running, ({ offer }) => offer)].map(([offer, of]): PaidNodes => ({
      ...placeOf(this.period.offers[offer]!),
      nodes: of.length,
      microUsdPerNodeHour: this.period.histories[offer]!.priceMicroUsdPerNodeHour[step]!,
    }));
    this.#covered += (coveredPerHour(owned, held) * (until - from)) / HOUR_MS;
  }
}

/** What commitments cost between two moments in any case, in micro-USD. */
export const committedMicroUsd = (
  commitments: readonly CommitmentTerms[],
  from: Instant,
  until: Instant,
): number =>
  Math.round(
    commitments.reduce((sum, terms) => {
      const ms = Math.min(until, terms.endsAt) - Math.max(from, terms.startsAt);
      return sum + (paidPerHour(terms) * Math.max(0, ms)) / HOUR_MS;
    }, 0),
  );
