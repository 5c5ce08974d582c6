/** One step towards what a plan says, and what holds it back now. */
export type PlannedStep = Readonly<{
  /** `convert`: a host that drains serves again, in place of a start. `drain`: it is emptied, then given back. `stop`: it holds nothing. */
  action: 'start' | 'convert' | 'drain' | 'stop';
  offerId: string;
  /** Nodes that are to be started have none yet. */
  hostId?: string;
  /** 1 but for starts, of which equal ones are one step. */
  nodes: number;
  /** Containers on the host now: those of a drain run on until they end or are moved, others are not touched. */
  containers: number;
  /** What it adds to the hourly bill at list price, for all of `nodes`; an integer. */
  microUsdPerHour: number;
  because: string;
  held?: Readonly<{ by: string; because: string }>;
}>;
