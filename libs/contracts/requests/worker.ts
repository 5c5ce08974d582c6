import type { AwaitBuildStep, BuildStep, BuildStepClaimed, BuildStepProgress } from '../images.js';
import type { Ask } from './ask.js';

/** What workers are asked. */
export interface WorkerRequests {
  /** Any worker may take it. */
  'worker.claim-build-step': Ask<BuildStep, BuildStepClaimed>;
  /**
   * Asked of one worker: `worker.await-build-step.<workerId>`, again and again: a step that nobody asks for is ended. An answer holds
   * no more than fits into a message; lines up to `afterEntry` are let go of.
   */
  'worker.await-build-step': Ask<AwaitBuildStep, BuildStepProgress>;
}
