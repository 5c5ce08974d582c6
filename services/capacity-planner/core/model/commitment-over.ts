import type { Commitment } from '../catalogue/offer.js';
import type { PlanningProblem } from '../planning-problem.js';
import type { CoveringCommitment, PreparedPeriod, Unit } from './prepared.js';

/** The units whose nodes a commitment pays for, and the periods that lie within it. */
export const commitmentOver = (
  commitment: Commitment,
  units: readonly Unit[],
  periods: readonly PreparedPeriod[],
): CoveringCommitment => ({
  commitment,
  units: units.filter((unit) => isCovered(unit, commitment)).map(({ index }) => index),
  active: periods.map((period) => isThroughout(commitment, period)),
});

/** Whether a commitment is in force from the beginning of a period to its end. */
export const isThroughout = (
  { startsAt, endsAt }: Pick<Commitment, 'startsAt' | 'endsAt'>,
  period: Pick<PreparedPeriod, 'startsAt' | 'lengthMs'>,
): boolean => startsAt <= period.startsAt && period.startsAt + period.lengthMs <= endsAt;

/** The problem without commitments that pay for nothing within its horizon: offers need not be told apart by them. */
export const withinHorizon = (
  problem: PlanningProblem,
  periods: readonly PreparedPeriod[],
): PlanningProblem => ({
  ...problem,
  commitments: problem.commitments.filter((commitment) =>
    periods.some((period) => isThroughout(commitment, period)),
  ),
});

const isCovered = ({ offer, members }: Unit, commitment: Commitment): boolean =>
  commitment.kind === 'spend'
    ? offer.vendor === commitment.vendor && offer.purchase !== 'spot'
    : isPaidByNodes({ members }, commitment);

/** Whether a commitment of so many nodes pays for all that a unit stands for. */
export const isPaidByNodes = ({ members }: Pick<Unit, 'members'>, commitment: Commitment): boolean =>
  commitment.kind === 'nodes' &&
  members.every((member) => commitment.offerIds.includes(member.offer.offerId));
