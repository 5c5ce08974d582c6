import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const BETWEEN_TRIES_MS = 20;
const TRY_MS = 1_000;

const accepts = (address: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: TRY_MS });
    const end = (result: boolean) => (): void => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', end(true));
    socket.once('error', end(false));
    socket.once('timeout', end(false));
  });

/** Settles when a container's port takes connections: true, or false where `signal` ended the wait first. */
export const awaitPort = async (address: string, port: number, signal: AbortSignal): Promise<boolean> => {
  while (!signal.aborted) {
    if (await accepts(address, port)) return true;
    await pause(BETWEEN_TRIES_MS, undefined, { signal }).catch(() => undefined);
  }
  return false;
};
