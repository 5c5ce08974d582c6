import { prepare } from '../model/prepare.js';
import type { Prepared } from '../model/prepared.js';
import type { PlanningProblem } from '../planning-problem.js';
import type { LinearProgram, PlannerPorts, SolveResult } from '../ports.js';
import { buildProgram } from '../program/build-program.js';
import type { BuiltProgram, ProgramLayout } from '../program/program-layout.js';

export type Relaxed = Readonly<{
  prepared: Prepared;
  layout: ProgramLayout;
  result: SolveResult;
}>;

/** Makes the program another one, such as one with a little more demand. */
export type ProgramChange = (built: BuiltProgram, prepared: Prepared) => LinearProgram;

/** The program of a fleet that may be divided, solved: no offer is left out of it, and prices can be read from it. */
export const solveRelaxed = async (
  problem: PlanningProblem,
  { solver }: PlannerPorts,
  duals: 'none' | 'fixed-lp',
  change: ProgramChange = ({ program }) => program,
): Promise<Relaxed> => {
  const prepared = prepare(problem, { presolve: 'merge-only' });
  const built = buildProgram(prepared, { periods: 0, flows: 'continuous' });
  const { timeLimitMs, relativeGap } = problem.policy.solve;
  const program = change(built, prepared);
  const result = await solver.solve({ program, timeLimitMs, relativeGap, duals });
  return { prepared, layout: built.layout, result };
};
