import { RefusedError, type Refusal } from '@slipway/kernel';
import type { Readiness } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';

export type StandDownParts = Readonly<{
  transport: Readonly<{ close: () => Promise<void> }>;
  buildSteps: Readonly<{ stopAll: () => Promise<void> }>;
  readiness: Pick<Readiness, 'add'>;
  logger: Pick<Logger, 'error'>;
}>;

/**
 * Leaves what is asked of this worker's id to the worker that has it, and says so. The process lives on: started anew by whoever
 * supervises it, it would take the place of that worker.
 */
export const standDown = async (
  { transport, buildSteps, readiness, logger }: StandDownParts,
  refusal: Refusal,
): Promise<void> => {
  logger.error(
    { refusal },
    'serves nothing: another worker has the id of this one, set a WORKER_ID of its own',
  );
  readiness.add('worker-id', () => {
    throw new RefusedError(refusal);
  });
  await Promise.all([transport.close(), buildSteps.stopAll()]);
};
