import type { PlannedStep } from '@slipway/contracts';
import type { Change, HeldChange } from './change.js';
import type { Host } from './host.state.js';

type Weighed = Readonly<{ now: readonly Change[]; held: readonly HeldChange[] }>;

/** The steps of a plan for people: starts that are equal are one, every other host is named; what is done now comes first. */
export const plannedSteps = (
  { now, held }: Weighed,
  containersOn: (host: Host) => number,
): readonly PlannedStep[] => {
  const steps = [
    ...now.map((change) => stepOf(change, containersOn)),
    ...held.map(({ change, heldBy, because }) => ({
      ...stepOf(change, containersOn),
      held: { by: heldBy, because },
    })),
  ];
  const together = Map.groupBy(steps, (step) =>
    step.action === 'start' ? JSON.stringify([step.offerId, step.because, step.held]) : step.hostId!,
  );
  return [...together.values()].map((equal) => ({
    ...equal[0]!,
    nodes: equal.length,
    microUsdPerHour: equal.reduce((sum, { microUsdPerHour }) => sum + microUsdPerHour, 0),
  }));
};

const stepOf = (change: Change, containersOn: (host: Host) => number): PlannedStep => {
  const { action, because, microUsdPerHour } = change;
  const shared = { action, because, microUsdPerHour, nodes: 1 };
  if (change.action === 'start') return { ...shared, offerId: change.offer.offerId, containers: 0 };
  const { offerId, hostId } = change.host;
  return { ...shared, offerId, hostId, containers: containersOn(change.host) };
};

/** As long as a person has to agree, nothing is done; what would be held anyway says so. */
export const awaitingApproval = ({ now, held }: Weighed, planId: string): Weighed => ({
  now: [],
  held: [
    ...now.map((change): HeldChange => ({
      change,
      heldBy: 'approval',
      because: `plan approve ${planId} puts it in force`,
    })),
    ...held,
  ],
});
