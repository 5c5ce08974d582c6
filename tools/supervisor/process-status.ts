import type { Plan, Tier } from './process-spec.ts';

export type ProcessState = 'waiting' | 'running' | 'failing' | 'stopping' | 'stopped';

/** What `status` tells about one process. */
export type ProcessStatus = Readonly<{
  name: string;
  tier: Tier;
  state: ProcessState;
  pid: number | null;
  uptimeMs: number;
  restarts: number;
  port: number;
  version: string;
  /** `ready`, or why not. */
  health: string;
  lastExit: string | null;
  log: string;
}>;

/** One request on the control socket; each is answered by one line of JSON. */
export type ControlRequest =
  | Readonly<{ command: 'status' }>
  | Readonly<{ command: 'apply'; plan: Plan }>
  | Readonly<{ command: 'restart' | 'start'; name: string }>
  | Readonly<{ command: 'stop'; name?: string }>;

export type ControlReply =
  | Readonly<{ ok: true; pid: number; processes: readonly ProcessStatus[] }>
  | Readonly<{ ok: false; error: string }>;
