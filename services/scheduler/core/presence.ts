import type {
  AppId,
  CallId,
  FunctionId,
  ImageId,
  InputsTaken,
  TaskId,
  TakeInputs,
  WorkerId,
} from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { FollowedPlan } from './policies/placement/followed-plan.js';
import { NO_TROUBLE, type StartTrouble } from './policies/starts/judge-failed-start.js';
import type { WorkerTrouble } from './policies/starts/judge-worker.js';
import { WebPresence } from './web/web-presence.js';

/** A container that waits for inputs. */
export type Poll = Readonly<{
  ask: TakeInputs;
  expiresAt: Instant;
  answer: (taken: InputsTaken) => void;
}>;

export type WorkerContact = {
  lastSyncAt: Instant;
  cachedImageIds: ReadonlySet<ImageId>;
  draining: boolean;
  /** Where gateways reach the worker's web relay. */
  relayUrl?: string;
  /** Where gateways reach the worker's command router. */
  routerAddress?: string;
  /** Tasks that the worker has named: one that it no longer names is lost. */
  seenTaskIds: Set<TaskId>;
};

/** Running averages of one function; a new process learns them anew. */
export type FunctionPace = {
  averageInputMs?: number;
  averageStartMs?: number;
  startTrouble: StartTrouble;
};

/** In the place of a heartbeat: nobody waits for the next one. */
export const CLIENT_LEFT: Instant = Number.NEGATIVE_INFINITY;

/** What is true only while this process runs: who waits, who was heard of, how fast things go. None of it is logged. */
export class Presence {
  readonly polls = new Map<TaskId, Poll>();
  readonly workers = new Map<WorkerId, WorkerContact>();
  /** Workers on which the platform fails starts. */
  readonly workerTroubles = new Map<WorkerId, WorkerTrouble>();
  readonly idleSince = new Map<TaskId, Instant>();
  readonly appHeartbeats = new Map<AppId, Instant>();
  /** Apps whose first deployment may be that of several clients. */
  readonly sharedDeployments = new Set<AppId>();
  /** When it was last looked who is silent. */
  lookedAt: Instant = Number.NEGATIVE_INFINITY;
  /** When a request last named a call. */
  readonly callsAskedAt = new Map<CallId, Instant>();
  readonly web = new WebPresence();
  placementPlan: FollowedPlan | undefined;
  private readonly paces = new Map<FunctionId, FunctionPace>();

  pace(functionId: FunctionId): FunctionPace {
    const known = this.paces.get(functionId);
    if (known !== undefined) return known;
    const fresh: FunctionPace = { startTrouble: NO_TROUBLE };
    this.paces.set(functionId, fresh);
    return fresh;
  }

  /** Everybody has their full time from now on to say that they are there. A client that said that it leaves has none. */
  pardonSilence(at: Instant): void {
    for (const contact of this.workers.values()) contact.lastSyncAt = at;
    for (const [appId, heartbeatAt] of this.appHeartbeats)
      if (heartbeatAt !== CLIENT_LEFT) this.appHeartbeats.set(appId, at);
  }

  forgetApp(appId: AppId): void {
    this.appHeartbeats.delete(appId);
    this.sharedDeployments.delete(appId);
  }

  forgetFunction(functionId: FunctionId): void {
    this.paces.delete(functionId);
  }
}

const WEIGHT_OF_NEWEST = 0.2;

export const movingAverage = (average: number | undefined, newest: number): number =>
  average === undefined ? newest : average + (newest - average) * WEIGHT_OF_NEWEST;
