import { endedToForget, type EndedExec } from './ended-to-forget.js';

const MIB = 1024 * 1024;

/** Programs p0, p1 …, the oldest first. */
const programs = (count: number, exec: Partial<EndedExec> = {}): EndedExec[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ execId: `p${index}`, told: false, heldBytes: 0 },
    ...exec,
  }));

test('the ends of the last hundred programs are kept, told or not', () => {
  expect(endedToForget(programs(100, { told: true, heldBytes: 4 * MIB }))).toEqual([]);
  expect(endedToForget(programs(100, { heldBytes: 4 * MIB }))).toEqual([]);
  expect(endedToForget(programs(102, { told: true }))).toEqual(['p0', 'p1']);
});

test('an end that nobody was told of outlives later ones that were told', () => {
  const [first, ...others] = programs(102, { told: true });
  expect(endedToForget([{ ...first!, told: false }, ...others])).toEqual(['p1']);
});

test('of the last hundred none goes, though those before it were never told', () => {
  const untold = programs(100);
  const last = programs(2, { told: true }).map((exec, n) => ({ ...exec, execId: `last${n}` }));
  expect(endedToForget([...untold, ...last])).toEqual([]);
});

test('who starts many programs before asking for any is told of each', () => {
  expect(endedToForget(programs(1_000))).toEqual([]);
  expect(endedToForget(programs(1_001))).toEqual(['p0']);
});

test('beyond a hundred, output that nobody takes is held up to a bound', () => {
  expect(endedToForget(programs(128, { heldBytes: 2 * MIB }))).toEqual([]);
  expect(endedToForget(programs(130, { heldBytes: 2 * MIB }))).toEqual(['p0', 'p1']);
});
