import type { RehearsalStory } from '@slipway/contracts';
import type { Prepared } from '../model/prepared.js';
import { nodesAfter } from '../plan/diff-plans.js';
import type { Draft } from '../plan/draft.js';
import { draftWith, firstNodes, nearBy, type FirstNodes } from './first-steps.js';
import { unitsOfRehearsals } from './offers-of-rehearsals.js';
import { meanCost, wholeCost, rehearse, rehearseAgainst, type Rehearsed } from './rehearsed.js';
import { Rehearsal } from './rehearsal.js';
import { stepsOfRules } from './steps-of-rules.js';

/** First steps are changed by one node at a time, so often at most. */
const MOST_CHANGES = 4;

/** The plan that a rehearsal chose, and what is told of it. */
export type LookAhead = Readonly<{ draft: Draft; story: RehearsalStory }>;

/**
 * A plan is the best for what is expected; what is done now should do well in whatever comes. The first steps of all drafts, and of
 * rules of thumb that look at single nodes, are rehearsed in the same futures (demand as it might go on, nodes taken back, starts
 * that fail). The best is changed node by node while that surely pays, and the plan that begins with it is built. The drafts come
 * cheapest first. Nothing where no futures are known, or where commitments pay for nodes: a rehearsal knows list prices alone.
 */
export const lookAhead = async (
  prepared: Prepared,
  drafts: readonly Draft[],
): Promise<LookAhead | undefined> => {
  const [cheapest, ...others] = drafts;
  if (prepared.problem.commitments.length > 0 || cheapest === undefined) return undefined;
  const drafted = drafts.flatMap((draft) =>
    firstNodes(draft).flatMap((count, unit) => (count > 0 ? [unit] : [])),
  );
  const rehearsal = Rehearsal.of(prepared, drafted);
  if (rehearsal === undefined) return undefined;
  const expected = await rehearse(prepared, rehearsal, cheapest);
  let best = expected;
  const ofRules = (await stepsOfRules(prepared, rehearsal)).map((nodes) => draftWith(prepared, nodes));
  for (const draft of [...others, ...ofRules])
    if (!isSameStep(best.nodes, firstNodes(draft)))
      best = (await rehearseAgainst(prepared, rehearsal, best, draft, 'any')) ?? best;
  for (let change = 0; change < MOST_CHANGES; change += 1) {
    const changed = await bestChange(prepared, rehearsal, best, drafted);
    if (changed === undefined) break;
    best = changed;
  }
  return {
    draft: best.draft,
    story: {
      futures: rehearsal.futures,
      lengthMs: rehearsal.lengthMs,
      expectedMicroUsd: Math.round(meanCost(best)),
      asExpectedMicroUsd: Math.round(meanCost(expected)),
      changes: changesBetween(expected, best),
    },
  };
};

const isSameStep = (one: FirstNodes, other: FirstNodes): boolean =>
  one.every((count, unit) => count === other[unit]);

const changesBetween = (expected: Rehearsed, best: Rehearsed): RehearsalStory['changes'] => {
  const before = nodesAfter(expected.plan);
  const after = nodesAfter(best.plan);
  return [...new Set([...before.keys(), ...after.keys()])]
    .toSorted()
    .map((offerId) => ({
      offerId,
      nodes: after.get(offerId) ?? 0,
      nodesAsExpected: before.get(offerId) ?? 0,
    }))
    .filter(({ nodes, nodesAsExpected }) => nodes !== nodesAsExpected);
};

const bestChange = async (
  prepared: Prepared,
  rehearsal: Rehearsal,
  best: Rehearsed,
  drafted: readonly number[],
): Promise<Rehearsed | undefined> => {
  let found: Rehearsed | undefined;
  for (const nodes of nearBy(prepared, unitsOfRehearsals(prepared, drafted), best.nodes)) {
    if (rehearsal.isSpent) break;
    const better = await rehearseAgainst(prepared, rehearsal, best, draftWith(prepared, nodes), 'sure');
    if (better && (found === undefined || wholeCost(better) < wholeCost(found))) found = better;
  }
  return found;
};
