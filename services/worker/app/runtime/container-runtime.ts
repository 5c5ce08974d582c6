import type { Readable, Writable } from 'node:stream';
import type { OciConfig, OciProcess } from '@slipway/worker-core';

export type RunningContainer = Readonly<{
  stdout: Readable;
  stderr: Readable;
  /** Settles with the exit code of the container's first process, 128 + n for a signal n; its control group is still there. */
  exited: Promise<number>;
}>;

/** A further program in a container. A terminal gives all it shows on `stdout`. */
export type RunningExec = Readonly<{
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
  /** Settles with its exit code, 128 + n for a signal n. */
  exited: Promise<number>;
  /** Ends it at once. No error when it is gone. */
  kill: () => Promise<void>;
}>;

/** How containers run on this host: gVisor or plain Linux namespaces. */
export interface ContainerRuntime {
  readonly name: 'runsc' | 'runc';
  /** Starts a container whose bundle folder is empty but for its root; answers when the program has been handed over. */
  run(id: string, bundleFolder: string, config: OciConfig): Promise<RunningContainer>;
  /** Settles when a container's program runs, so that others can be started beside it, or when `over` says so. */
  untilRunning(id: string, over: AbortSignal): Promise<void>;
  /** Starts a further program in a running container; `file` is a path of its own where it may keep what it needs. */
  exec(id: string, file: string, process: OciProcess): Promise<RunningExec>;
  /** Sends a signal to the first process, or with `everyone` to all of them. No error when it is gone, or still being created. */
  kill(
    id: string,
    signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL',
    reach: 'first-process' | 'everyone',
  ): Promise<void>;
  /** Removes what is left of a container, running or not. */
  remove(id: string): Promise<void>;
  /** The files that a container's processes have open and the folders that they are in, as paths inside. */
  openPaths(id: string): Promise<readonly string[]>;
  /** The containers that this worker's runtime folder knows of. */
  list(): Promise<readonly string[]>;
}
