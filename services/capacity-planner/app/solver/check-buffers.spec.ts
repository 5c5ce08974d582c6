import { checkPlan, defaultPolicy, type Plan } from '@slipway/capacity-planner-core';
import { foundWith, jobs, planOf, SMALL } from './check-plan.samples.testing.js';

describe('a buffer', () => {
  const problem = jobs(SMALL, { wanted: [2, 2] });

  test('is missed where nothing stands idle for it', async () => {
    expect((await planOf(problem)).buffers).toMatchObject([{ wanted: [0, 2], missing: [0, 2] }]);
  });

  test.each<[string, Partial<Plan['buffers'][number]>, string]>([
    [
      'is missed now by none',
      { missing: [1, 2] },
      'H100: 1 GPUs are missing of the buffer in period 0; the nodes make it 0',
    ],
    [
      'is missed by as many as do not stand idle',
      { missing: [0, 1.999] },
      'H100: 1.999 GPUs are missing of the buffer in period 1; the nodes make it 2',
    ],
    [
      'is as large as the quantiles say',
      { wanted: [0, 1] },
      'H100: a buffer of 1 GPUs in period 1; the quantiles make it 2',
    ],
  ])('%s', async (_, change, sentence) => {
    expect(await foundWith(problem, 'buffers', change)).toContain(sentence);
  });

  test('is there for every pool that needs one, and for no other', async () => {
    const plan = await planOf(problem);
    expect(checkPlan(problem, { ...plan, buffers: [] })).toContain(
      'H100: no buffer is planned, 2 GPUs are asked for',
    );
    const none = {
      ...problem,
      policy: { ...problem.policy, buffer: { ...defaultPolicy.buffer, rule: 'none' as const } },
    };
    expect(checkPlan(none, plan)).toContain('H100: a buffer is planned and not asked for');
  });
});
