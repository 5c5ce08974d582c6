/** The step did what it was told and failed; its own output says why. */
export class StepFailedError extends Error {
  constructor(
    message: string,
    readonly exitCode?: number,
  ) {
    super(message);
    this.name = 'StepFailedError';
  }
}

/** For what fails because of what the step says or the image holds. */
export const failingStep = (error: unknown): never => {
  if (error instanceof StepFailedError) throw error;
  throw new StepFailedError(error instanceof Error ? error.message : String(error));
};
