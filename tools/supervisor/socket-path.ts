import { openSync } from 'node:fs';

/**
 * The address of the control socket in `folder`. A socket's path may hold 107 bytes and a checkout may lie deeper, so
 * the folder is named through an open descriptor of it, kept for the life of the process.
 */
export const socketPath = (folder: string): string =>
  `/proc/self/fd/${openSync(folder, 'r')}/supervisor.sock`;
