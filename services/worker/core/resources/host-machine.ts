/** What a container's limits depend on, read once from the machine that the worker runs on. */
export type HostMachine = Readonly<{
  milliCpu: number;
  memoryMiB: number;
  cgroups: 'v1' | 'v2';
  /** Whether the kernel accounts for swap, so that a limit on it can be set. */
  swapLimit: 'supported' | 'unsupported';
  /** The most files that the worker itself may let a process have open. */
  openFilesLimit: number;
}>;
