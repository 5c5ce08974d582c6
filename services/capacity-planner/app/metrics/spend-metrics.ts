import {
  commitmentsNow,
  spendNow,
  type Guardrails,
  type HeldChange,
  type Host,
} from '@slipway/capacity-planner-core';
import type { CommitmentTerms } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { Gauge, type createMetrics } from '@slipway/telemetry';

export type SpendSources = Readonly<{
  now: () => Instant;
  hosts: () => readonly Host[];
  guardrails: () => Guardrails;
  commitments: () => readonly CommitmentTerms[];
  /** What of the plan in force is held back now. */
  held: () => readonly HeldChange[];
}>;

/** What is spent beside its caps, and which starts are held back; what is not capped has no cap here. */
export const watchSpend = (
  registry: ReturnType<typeof createMetrics>,
  { now, hosts, guardrails, held, commitments }: SpendSources,
): void => {
  const registers = [registry];
  new Gauge({
    name: 'slipway_capacity_spend_usd',
    help: 'What hosts cost in this hour, and in this day of UTC if the fleet goes on as it is, beside what commitments cover',
    labelNames: ['per'],
    registers,
    collect() {
      const spend = spendNow(hosts(), now(), commitments());
      this.set({ per: 'hour' }, spend.hourlyMicroUsd / 1e6);
      this.set({ per: 'day' }, spend.dayMicroUsd / 1e6);
    },
  });
  new Gauge({
    name: 'slipway_capacity_spend_cap_usd',
    help: 'What may be spent per hour and per day, where that is limited',
    labelNames: ['per'],
    registers,
    collect() {
      this.reset();
      const { maxSpendMicroUsdPerHour: perHour, maxSpendMicroUsdPerDay: perDay } = guardrails();
      if (perHour !== undefined) this.set({ per: 'hour' }, perHour / 1e6);
      if (perDay !== undefined) this.set({ per: 'day' }, perDay / 1e6);
    },
  });
  new Gauge({
    name: 'slipway_capacity_commitments_usd',
    help: 'What commitments cost per hour in any case, and what hosts within them would cost beside them',
    labelNames: ['what'],
    registers,
    collect() {
      const { paidMicroUsdPerHour, coveredMicroUsdPerHour } = commitmentsNow(hosts(), commitments(), now());
      this.set({ what: 'paid' }, paidMicroUsdPerHour / 1e6);
      this.set({ what: 'covered' }, coveredMicroUsdPerHour / 1e6);
    },
  });
  new Gauge({
    name: 'slipway_capacity_held_starts',
    help: 'Hosts that the plan in force wants and that are not asked for yet, by what holds them back',
    labelNames: ['rule'],
    registers,
    collect() {
      this.reset();
      for (const { change, heldBy } of held()) if (change.action === 'start') this.inc({ rule: heldBy });
    },
  });
};
