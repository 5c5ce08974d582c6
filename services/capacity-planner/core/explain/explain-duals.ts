import type { Prepared } from '../model/prepared.js';
import { containerSlots } from '../model/slots.js';
import { bufferSubject } from '../plan/buffer-subject.js';
import type { ProgramLayout } from '../program/program-layout.js';
import type { BindingRule, MarginalGpu } from './explanation.js';

export type Duals = Readonly<{ rows: Float64Array; columns: Float64Array }>;

/** Below a thousandth of a cent per hour a dual is noise. */
const NOISE_USD = 1e-5;

/** What one container more of each group costs, all limits being as they are: the dual of its demand in the first period. */
export const marginalGpus = (
  { groups, periods, problem }: Prepared,
  { demandRows, short }: ProgramLayout,
  { rows, columns }: Duals,
): MarginalGpu[] =>
  groups.map(({ index, group }) => {
    // What is wanted above a floor may be short at the lower price: the bound of that column rises with demand.
    const aboveFloor = Math.min(0, columns[short[index]![0]!]!);
    const perHour = ((rows[demandRows[index]![0]!]! + aboveFloor) / periods[0]!.hours) * 1e6;
    return {
      groupId: group.groupId,
      gpuTypes: group.gpuTypes,
      microUsdPerContainerHour: Math.round(perHour),
      microUsdPerGpuHour: Math.round(perHour / containerSlots(group, problem.policy.cpuSlot)),
    };
  });

/** The rules that cost something in the first period, the dearest first. */
export const bindingRules = (
  prepared: Prepared,
  layout: ProgramLayout,
  { rows, columns }: Duals,
): BindingRule[] => {
  const { hours } = prepared.periods[0]!;
  const found: BindingRule[] = [];
  const add = (name: BindingRule['name'], subject: string, unit: BindingRule['unit'], dual: number): void => {
    // A dual is what the cost rises by when the limit does: one that saves is negative.
    if (-dual / hours > NOISE_USD)
      found.push({ name, subject, unit, savesMicroUsdPerHour: Math.round((-dual / hours) * 1e6) });
  };
  prepared.quotas.forEach(({ quota }, index) => {
    const row = layout.quotaRows[index]![0]!;
    if (row >= 0) add('quota', quota.quotaId, 'gpu', rows[row]!);
  });
  if (layout.spendRows[0]! >= 0) add('spend', '', 'usd-per-hour', rows[layout.spendRows[0]!]!);
  for (const { rule, row } of layout.softRows)
    if (rule.periodIndex === 0)
      add(rule.name as BindingRule['name'], rule.subject, rule.unit === 'nodes' ? 'node' : 'gpu', rows[row]!);
  prepared.units.forEach((unit) => {
    const dual = columns[layout.nodes[unit.index]![0]!]!;
    if (unit.cap > unit.held) add('availability', unit.offer.offerId, 'node', dual);
  });
  const soon = prepared.periods[1]?.hours ?? hours;
  const firmShare = 1 - prepared.problem.policy.buffer.maxSpotShare;
  prepared.buffers.forEach((ladder, index) => {
    const [all, firm] = [layout.bufferRows[index]!.all[1] ?? -1, layout.bufferRows[index]!.firm[1] ?? -1];
    if (all < 0) return;
    // A least amount, in the next period: one GPU less of it saves, and its share of one on firm nodes.
    const saves = rows[all]! + firmShare * rows[firm]!;
    add('buffer', bufferSubject(ladder), 'gpu', (-saves / soon) * hours);
  });
  return found.toSorted((a, b) => b.savesMicroUsdPerHour - a.savesMicroUsdPerHour);
};
