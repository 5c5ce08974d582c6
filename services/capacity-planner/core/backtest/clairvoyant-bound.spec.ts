import type { SolveRequest, Solver } from '../ports.js';
import { generatePeriod } from '../simulation/generate/generate-period.js';
import type { Period } from '../simulation/period.js';
import { boundCells } from './bound-cells.js';
import { boundProgram } from './bound-program.js';
import { clairvoyantBoundMicroUsd } from './clairvoyant-bound.js';

const period = generatePeriod({ seed: 9, size: 'small', steps: 4 });

describe('the clairvoyant bound', () => {
  test('puts each offer that could ever be had, and that somebody may use, into one cell', () => {
    const inCells = boundCells(period).flatMap(({ offers }) => offers);
    expect(new Set(inCells).size).toBe(inCells.length);
    for (const offer of inCells) expect(Math.max(...period.histories[offer]!.openNodes)).toBeGreaterThan(0);
  });

  test('knows all accounted steps, and none of the warm-up', () => {
    const { rows } = boundProgram(period);
    const longer = boundProgram({
      ...period,
      warmUpSteps: period.warmUpSteps - 1,
    });
    expect(longer.rows).toBeGreaterThan(rows);
  });

  test('may leave everything late: then it costs the price of waits, and nothing else', () => {
    const program = boundProgram({
      ...period,
      histories: period.histories.map((history) => ({
        ...history,
        openNodes: history.openNodes.map(() => 0),
      })),
    });
    expect(program.columns).toBe(period.groups.length * 4);
    expect(program.cost.every((cost) => cost > 0)).toBe(true);
  });

  test('is in micro-dollars, and no answer is an error that names the period', async () => {
    const answering = (answer: Awaited<ReturnType<Solver['solve']>>): Solver => ({
      solve: () => Promise.resolve(answer),
    });
    const solved = {
      values: new Float64Array(),
      objective: 12.5,
      bound: 12.5,
      gap: 0,
      solveMs: 1,
    };
    const bound = (one: Period, solver: Solver) => clairvoyantBoundMicroUsd(one, solver);
    expect(await bound(period, answering({ status: 'optimal', ...solved }))).toBe(12_500_000);
    await expect(bound(period, answering({ status: 'time-limit', ...solved }))).rejects.toThrow(period.name);
    await expect(
      bound(period, answering({ status: 'failed', because: 'out of memory', solveMs: 1 })),
    ).rejects.toThrow('out of memory');
  });

  test('asks for a linear program: nothing in it is integer', async () => {
    const asked: SolveRequest[] = [];
    const solver: Solver = {
      solve: (request) => {
        asked.push(request);
        return Promise.resolve({
          status: 'optimal',
          values: new Float64Array(),
          objective: 1,
          bound: 1,
          gap: 0,
          solveMs: 1,
        });
      },
    };
    await clairvoyantBoundMicroUsd(period, solver);
    expect(asked[0]!.program.integer.every((integer) => integer === 0)).toBe(true);
  });
});
