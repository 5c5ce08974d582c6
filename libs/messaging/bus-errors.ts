import { MESSAGE_BYTES } from '@slipway/contracts';

/** The bus is set up for smaller messages than services send. */
export class BusTooSmallError extends Error {
  constructor(server: string, mostBytes: number) {
    super(
      `the NATS server ${server} takes messages of at most ${mostBytes} bytes (max_payload), but services send up to ` +
        `${MESSAGE_BYTES}: set max_payload: 8MB in its configuration`,
    );
    this.name = 'BusTooSmallError';
  }
}

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
