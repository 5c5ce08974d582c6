import type { TakenUsage } from '@slipway/billing-core';

/** Some commits of the intake. */
const KEPT = 10_000;

/**
 * The facts that this process took last, so that what prices them need not read them again. Positions have no gap, so a run
 * of them is all that there is between its ends, whoever else takes usage; where it does not reach, the table is read.
 */
export class JustTaken {
  private facts: readonly TakenUsage[] = [];

  /** Only what is committed, in the order of its positions. */
  keep(taken: readonly TakenUsage[]): void {
    const next = taken[0]?.position;
    if (next === undefined) return;
    const last = this.facts.at(-1)?.position;
    // Another process has taken what lies between.
    const before = last === undefined || last + 1n !== next ? [] : this.facts;
    this.facts = [...before, ...taken].slice(-KEPT);
  }

  /** Those that follow a position, as many as asked for; undefined where the first of them is not known here. */
  after(position: bigint, limit: number): readonly TakenUsage[] | undefined {
    const first = this.facts[0]?.position;
    if (first === undefined || position + 1n < first) return undefined;
    this.facts = this.facts.slice(Number(position + 1n - first));
    return this.facts.length === 0 ? undefined : this.facts.slice(0, limit);
  }
}
