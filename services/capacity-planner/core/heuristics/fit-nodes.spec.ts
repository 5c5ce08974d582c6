import { defaultPolicy } from '../policy.js';
import type { OfferId } from '../catalogue/offer.js';
import type { DemandGroup } from '../demand/demand-group.js';
import { prepare } from '../model/prepare.js';
import { strandedSlots } from '../model/standing-nodes.js';
import { standOnNodes } from '../plan/stand-on-nodes.js';
import type { PlanningProblem } from '../planning-problem.js';
import { plainGroup, plainOffer } from '../testing/plain-parts.js';
import { randomProblem } from '../testing/random-problem.js';
import { scattered } from '../testing/scattered.js';
import { draftByRule, RULES_OF_THUMB } from './rules-of-thumb.js';
import { fitNodes } from './fit-nodes.js';

const MINUTE_MS = 60_000;
const SEEDS = Number(process.env['SEEDS'] ?? 300);

const problemOf = (seed: number): PlanningProblem =>
  scattered(
    randomProblem(seed, {
      vendors: 2,
      offers: 4 + (seed % 8),
      groups: 1 + (seed % 5),
      periodsMs: [15 * MINUTE_MS],
      gpus: 10 + (seed % 20),
    }),
    seed,
  );

describe(`plans of ${SEEDS} random problems, put on single nodes`, () => {
  it('serve what stands on a node of its own, within caps, and are short of the rest', () => {
    let bought = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const prepared = prepare(problemOf(seed));
      for (const rule of RULES_OF_THUMB.filter((name) => name !== 'keep')) {
        const draft = draftByRule(prepared, rule);
        const fit = fitNodes(prepared, draft, 'more');
        const served = prepared.groups.map(({ index }) =>
          prepared.pairs.reduce(
            (sum, { group }, pair) => sum + (group === index ? fit.served[pair]![0]! : 0),
            0,
          ),
        );
        const { waiting } = standOnNodes(prepared, fit);
        prepared.groups.forEach(({ index, wanted }) => {
          expect({ seed, short: wanted[0]! - served[index]! }).toEqual({ seed, short: waiting[index]! });
        });
        prepared.units.forEach(({ index, cap }) => expect(fit.nodes[index]![0]!).toBeLessThanOrEqual(cap));
        if (fit.nodes.some((counts, unit) => counts[0]! > draft.nodes[unit]![0]!)) bought += 1;
      }
    }
    expect(bought).toBeGreaterThan(0);
  });
});

/** Two nodes of two GPUs with a small container on each, and a container of two GPUs that comes. */
const scatteredPair: PlanningProblem = {
  at: 0,
  offers: [plainOffer('pair', 2, 4)],
  quotas: [],
  commitments: [],
  groups: [plainGroup('large', 2), plainGroup('small', 1)],
  forecast: {
    madeAt: 0,
    groups: [
      { groupId: 'large' as DemandGroup['groupId'], periods: [{ expectedContainers: 1, quantiles: [] }] },
      { groupId: 'small' as DemandGroup['groupId'], periods: [{ expectedContainers: 2, quantiles: [] }] },
    ],
    pooledErrors: [],
  },
  fleet: {
    seenAt: 0,
    holdings: [{ offerId: 'pair' as OfferId, nodes: 2, startingNodes: 0, drainingNodes: 0, paidUntil: [] }],
    running: [],
    nodes: [1, 2].map(() => ({
      offerId: 'pair' as OfferId,
      running: [{ groupId: 'small' as DemandGroup['groupId'], containers: 1 }],
    })),
  },
  policy: { ...defaultPolicy, horizon: { periodsMs: [15 * MINUTE_MS] } },
};

test('two halves of a node are no node: a container that found room in sum gets a node more', () => {
  const prepared = prepare(scatteredPair);
  const draft = draftByRule(prepared, 'greedy');
  expect(draft.nodes[0]![0]).toBe(2);
  expect(fitNodes(prepared, draft, 'more').nodes[0]![0]).toBe(3);
  expect(standOnNodes(prepared, draft).waiting).toEqual([1, 0]);
});

test('a node that was to go and is kept after all still has on it what stands there', () => {
  const prepared = prepare(scatteredPair);
  const draft = draftByRule(prepared, 'greedy');
  const none = {
    nodes: draft.nodes.map((counts) => counts.map(() => 0)),
    served: draft.served.map((counts) => counts.map(() => 0)),
  };
  const fit = fitNodes(prepared, none, 'more');
  expect(fit.nodes[0]![0]).toBe(3);
  expect(standOnNodes(prepared, fit).waiting).toEqual([0, 0]);
});

test('where nothing is known of single nodes a plan stays as it is', () => {
  const { nodes: _, ...fleet } = scatteredPair.fleet;
  const prepared = prepare({ ...scatteredPair, fleet });
  const draft = draftByRule(prepared, 'greedy');
  expect(fitNodes(prepared, draft, 'more')).toBe(draft);
});

test('room between small containers is stranded for a large one, not for a small one', () => {
  const prepared = prepare(scatteredPair);
  const stranded = (size: number): number =>
    strandedSlots(prepared.standing[0]![0]!, prepared.cells[0]!, prepared.units[0]!.slots, size);
  expect([stranded(1), stranded(2)]).toEqual([0, 2]);
});
