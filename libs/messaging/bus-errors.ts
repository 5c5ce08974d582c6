/** Nobody answered in time: the service is down, or the bus is. Worth trying again. */
export class BusUnavailableError extends Error {
  constructor(subject: string, cause: string) {
    super(`no answer to ${subject}: ${cause}`);
    this.name = 'BusUnavailableError';
  }
}

/** The answering service failed in a way that it did not foresee; its log has the whole story. */
export class RemoteFaultError extends Error {
  constructor(subject: string, fault: string) {
    super(`${subject} failed: ${fault}`);
    this.name = 'RemoteFaultError';
  }
}
