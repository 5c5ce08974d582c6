import type { Prepared } from '../model/prepared.js';
import { containerSlots } from '../model/slots.js';
import type { LinearProgram } from '../ports.js';
import type { BuiltProgram } from '../program/program-layout.js';

/** The program with one GPU more of a group's demand in the first period, to check a marginal price by solving again. */
export const oneGpuMore = (
  { program, layout }: BuiltProgram,
  { groups, problem }: Prepared,
  group: number,
): LinearProgram => {
  const containers = 1 / containerSlots(groups[group]!.group, problem.policy.cpuSlot);
  const raised = (values: Float64Array, index: number): Float64Array =>
    values.map((value, at) => (at === index ? value + containers : value));
  const row = layout.demandRows[group]![0]!;
  return {
    ...program,
    rowLower: raised(program.rowLower, row),
    rowUpper: raised(program.rowUpper, row),
    columnUpper: raised(program.columnUpper, layout.short[group]![0]!),
  };
};
