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
