import { prepare } from './prepare.js';
import { score } from '../plan/evaluate.js';
import type { Draft } from '../plan/draft.js';
import { randomProblem } from '../testing/random-problem.js';

const MINUTE_MS = 60_000;
const problemOf = (seed: number) =>
  randomProblem(seed, { vendors: 2, offers: 8, groups: 4, periodsMs: [15 * MINUTE_MS], gpus: 20 });

describe('what is held now', () => {
  const prepared = Array.from({ length: 60 }, (_, seed) => {
    const one = prepare(problemOf(seed + 1));
    return { ...one, ready: one.ready! };
  });

  it('serves no more of a group than are wanted, and nobody where nothing is held', () => {
    for (const { ready, groups, units, cells } of prepared)
      groups.forEach(({ index, wanted, cells: within }) => {
        expect(ready[index]).toBeGreaterThanOrEqual(0);
        expect(ready[index]).toBeLessThanOrEqual(wanted[0]!);
        const held = within.some((cell) => cells[cell]!.units.some((unit) => units[unit]!.held > 0));
        if (!held) expect(ready[index]).toBe(0);
      });
    expect(prepared.some(({ ready }) => ready.some((count) => count > 0))).toBe(true);
  });

  it('serves until other nodes are there: to replace a node makes nobody late', () => {
    let replaced = 0;
    for (const one of prepared) {
      const pair = one.pairs.findIndex(
        ({ group, cell }) =>
          one.ready[group]! > 0 && one.cells[cell]!.units.some((unit) => one.units[unit]!.held === 0),
      );
      if (pair < 0) continue;
      const { group, cell } = one.pairs[pair]!;
      const fresh = one.cells[cell]!.units.find((unit) => one.units[unit]!.held === 0)!;
      const draft: Draft = {
        nodes: one.units.map(({ index }) => Float64Array.of(index === fresh ? one.ready[group]! * 8 : 0)),
        served: one.pairs.map((_, index) => Float64Array.of(index === pair ? one.ready[group]! : 0)),
      };
      expect(score(one, draft).latenessMicroUsd).toBe(0);
      const more: Draft = {
        ...draft,
        served: one.pairs.map((_, index) => Float64Array.of(index === pair ? one.ready[group]! + 1 : 0)),
      };
      if (one.cells[cell]!.leadMs > 0) expect(score(one, more).latenessMicroUsd).toBeGreaterThan(0);
      replaced += 1;
    }
    expect(replaced).toBeGreaterThan(10);
  });
});
