/** How to ask a process whether it can serve. */
export type Probe =
  | Readonly<{ kind: 'http'; url: string }>
  | Readonly<{ kind: 'postgres'; port: number }>
  | Readonly<{ kind: 'redis'; port: number; password: string }>
  | Readonly<{ kind: 'running' }>;

/** Infrastructure is ready before services start, and stops after them; workers stop first. */
export type Tier = 'infrastructure' | 'service' | 'worker';

/** Everything needed to run one process, and to tell whether a running one is still the wanted one. */
export type ProcessSpec = Readonly<{
  name: string;
  tier: Tier;
  command: string;
  arguments: readonly string[];
  environment: Readonly<Record<string, string>>;
  folder: string;
  probe: Probe;
  port: number;
  version: string;
  /** Changes when the code on disk changes, so that a new build restarts the process. */
  revision: string;
  stopSignal: 'SIGTERM' | 'SIGINT';
  stopMs: number;
  /** A public port whose socket the supervisor holds, so that clients wait instead of being refused while the process starts anew. */
  heldPort?: Readonly<{ host: string; port: number }>;
  /** The data folder of a PostgreSQL server, whose leftovers are cleared before each start. */
  postgresData?: string;
}>;

/** What the supervisor is to keep running. */
export type Plan = Readonly<{ processes: readonly ProcessSpec[] }>;
