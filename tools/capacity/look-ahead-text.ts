import { count, dollars } from './figures.ts';
import type { PlanAnswer } from './plan-answers.ts';

type LookAhead = PlanAnswer['lookAhead'];

/** What a rehearsal found, and where the plan therefore differs from the cheapest one for what is expected. */
export const lookAheadText = (lookAhead: LookAhead): readonly string[] => {
  if (lookAhead === undefined) return [];
  const { futures, lengthMs, expectedMicroUsd, asExpectedMicroUsd, changes } = lookAhead;
  const rehearsed = `rehearsed in ${futures} futures of ${lengthMs / 60_000} minutes`;
  if (changes.length === 0)
    return [`${rehearsed}: nothing does better now than the cheapest plan for what is expected`];
  const instead = expectedMicroUsd <= asExpectedMicroUsd ? '' : ', but break more rules';
  return [
    `${rehearsed}: ${dollars(expectedMicroUsd)} in their mean with waits; the cheapest plan for what is expected would cost ${dollars(asExpectedMicroUsd)}${instead}; so it holds`,
    ...changes.map(
      ({ offerId, nodes, nodesAsExpected }) =>
        `  ${count(nodes)} of ${offerId}, not ${count(nodesAsExpected)}`,
    ),
  ];
};
