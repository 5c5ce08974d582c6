import { checkPlan, type Plan, type PlanningProblem } from '@slipway/capacity-planner-core';
import { plainGroup } from '@slipway/capacity-planner-core/testing/plain-parts';
import { foundWith, job, jobs, LARGE, one, planOf, SMALL } from './check-plan.samples.testing.js';

describe('who is late', () => {
  test.each([
    ['small', SMALL],
    ['large', LARGE],
  ])('in a %s fleet is whom no node is there for', async (_, solve) => {
    const plan = await planOf(jobs(solve));
    expect(checkPlan(jobs(solve), plan)).toEqual([]);
    expect(plan.service[0]).toMatchObject({ late: [2, 1], lateContainerMs: [120_000, 60_000] });
    const withNodes = await planOf(jobs(solve, { nodes: 2, startingNodes: 1 }));
    expect(checkPlan(jobs(solve, { nodes: 2, startingNodes: 1 }), withNodes)).toEqual([]);
    expect(withNodes.service[0]).toMatchObject({ late: [1, 1], lateContainerMs: [60_000, 60_000] });
  });

  it('is nobody who runs already, however little his wait would cost', async () => {
    const person = plainGroup('person', 1);
    const both = [person, job];
    const busy: PlanningProblem = {
      ...jobs(LARGE, { nodes: 2 }),
      groups: both,
      forecast: {
        madeAt: 0,
        groups: both.map(({ groupId }) => ({
          groupId,
          periods: (groupId === person.groupId ? [2, 2] : [1, 1]).map((expectedContainers) => ({
            expectedContainers,
            quantiles: [],
          })),
        })),
        pooledErrors: [],
      },
      fleet: {
        ...jobs(LARGE, { nodes: 2 }).fleet,
        running: both.map(({ groupId }) => ({ groupId, offerId: one.offerId, containers: 1 })),
      },
    };
    const plan = await planOf(busy);
    expect(plan.service.map(({ groupId, late }) => [groupId, late[0]])).toEqual([
      ['job', 0],
      ['person', 1],
    ]);
    expect(checkPlan(busy, plan)).toEqual([]);
  });

  test.each<[string, Partial<Plan['service'][number]>, string]>([
    ['now', { late: [1, 1] }, 'job: 1 are late in period 0; the nodes make it 2'],
    ['later', { late: [2, 0] }, 'job: 0 are late in period 1; the nodes make it 1'],
    [
      'for long',
      { lateContainerMs: [120_000, 1] },
      'job: containers wait 1 ms in period 1; the nodes make it 60000',
    ],
  ])('%s is counted again', async (_, change, sentence) => {
    expect(await foundWith(jobs(LARGE), 'service', change)).toContain(sentence);
  });

  test.each<[string, Partial<Plan['service'][number]>, string]>([
    [
      'cannot be fewer than whom nodes would hold with nobody else on them',
      { late: [0, 1] },
      'job: 0 are late in period 0; the nodes make it 1 at least, 2 at most',
    ],
    [
      'cannot be more than are served',
      { late: [2.001, 1] },
      'job: 2.001 are late in period 0; the nodes make it 1 at least, 2 at most',
    ],
    [
      'waits for as long as a node takes to start',
      { lateContainerMs: [59_999, 60_000] },
      'job: containers wait 59999 ms in period 0; the leads make it 60000',
    ],
  ])('in a small fleet now %s', async (_, change, sentence) => {
    expect(await foundWith(jobs(SMALL, { nodes: 2, startingNodes: 1 }), 'service', change)).toContain(
      sentence,
    );
  });
});
