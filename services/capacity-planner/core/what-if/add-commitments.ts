import type { CommitmentTerms, CommittedNodes } from '@slipway/contracts';
import { isRefusal, type Refusal } from '@slipway/kernel';
import type { Commitment } from '../catalogue/offer.js';
import { commitmentOf, inUseOrder } from '../commitments/commitments-of.js';
import { refuseCrossing } from '../commitments/refuse-crossing.js';
import { initialControl } from '../control/control.state.js';
import { coverText, recordCommitment } from '../control/record-commitment.js';
import type { PlanningProblem } from '../planning-problem.js';

const DAY_MS = 86_400_000;

/** The commitments of a problem, and some more over its whole horizon; one that would be refused if it were made is refused here too. */
export const addCommitments = (
  { at, commitments, offers, policy }: PlanningProblem,
  more: readonly CommittedNodes[],
): readonly Commitment[] | Refusal => {
  const endsAt = at + DAY_MS + policy.horizon.periodsMs.reduce((sum, lengthMs) => sum + lengthMs, 0);
  const added: Commitment[] = [];
  const names = freeNames(commitments);
  for (const nodes of more) {
    const terms: CommitmentTerms = {
      ...{ ...nodes, kind: 'nodes', commitmentId: names.next().value, startsAt: at, endsAt },
    };
    const decision = recordCommitment(
      initialControl,
      { commitment: terms, startsAt: at, by: '', at },
      offers,
    );
    if (isRefusal(decision)) return decision;
    const one = commitmentOf(terms, offers);
    const crossing = refuseCrossing(one, coverText(terms), [...commitments, ...added]);
    if (crossing !== undefined) return crossing;
    added.push(one);
  }
  return inUseOrder([...commitments, ...added]);
};

/** `what-if-1` and so on, but for names that a commitment has. */
function* freeNames(taken: readonly Commitment[]): Generator<string, never> {
  const known = new Set(taken.map(({ commitmentId }) => commitmentId));
  for (let number = 1; ; number++) if (!known.has(`what-if-${number}`)) yield `what-if-${number}`;
}
