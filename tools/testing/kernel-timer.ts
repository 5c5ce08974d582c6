import { readFileSync } from 'node:fs';

/** The kernel's timer that probes a connection on which nothing is sent. */
export const KEEP_ALIVE_TIMER = '02';

/** Which timer the kernel runs for a connection, by its two ports; undefined where there is no such connection. */
export const kernelTimer = ({
  localPort = 0,
  remotePort = 0,
}: Readonly<{ localPort?: number; remotePort?: number }>): string | undefined => {
  const [near, far] = [localPort, remotePort].map(
    (port) => `:${port.toString(16).toUpperCase().padStart(4, '0')}`,
  );
  const row = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([, local, remote]) => local?.endsWith(near!) === true && remote?.endsWith(far!) === true);
  return row?.[5]?.split(':')[0];
};
