import { readFileSync } from 'node:fs';

/** A process for ever: the kernel gives its id to another one, but not with the same start time. */
export type ProcessIdentity = Readonly<{ pid: number; startTicks: string }>;

/** The identity of the process that has this id now; undefined where none has, or a dead one waits for its parent. */
export const identityOf = (pid: number): ProcessIdentity | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; state is the first field after it, start time the twentieth.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[19] === undefined ? undefined : { pid, startTicks: fields[19] };
  } catch {
    return undefined;
  }
};

export const isAlive = (identity: ProcessIdentity): boolean =>
  identityOf(identity.pid)?.startTicks === identity.startTicks;
