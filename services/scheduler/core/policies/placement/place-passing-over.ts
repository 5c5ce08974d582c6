import type { PlanFlow, Resources } from '@slipway/contracts';
import { hasRoom } from './has-room.js';
import { place, type ChosenPlace } from './place.js';
import type { Candidate } from './place-task.js';

/**
 * Places a container where starts work. Workers that are passed over for those that failed are tried only where no other has room
 * for it, be that one busy with starts or not: the one first whose pause ends first.
 */
export const placePassingOver = (
  need: Resources,
  candidates: readonly Candidate[],
  flows: readonly PlanFlow[] | undefined,
): ChosenPlace | undefined => {
  const passedOver = candidates.filter(({ passedOverUntil }) => passedOverUntil !== undefined);
  if (passedOver.length === 0) return place(need, candidates, flows);
  const trying = (tried?: Candidate): ChosenPlace | undefined =>
    place(
      need,
      candidates.map((worker) =>
        worker === tried || worker.passedOverUntil === undefined ? worker : { ...worker, freeStarts: 0 },
      ),
      flows,
    );
  const trusted = candidates.filter(({ passedOverUntil }) => passedOverUntil === undefined);
  if (hasRoom(need, trusted)) return trying();
  for (const worker of passedOver.toSorted((a, b) => a.passedOverUntil! - b.passedOverUntil!)) {
    const chosen = trying(worker);
    if (chosen !== undefined) return chosen;
  }
  return undefined;
};
