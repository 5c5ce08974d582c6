import type { Instant } from '@slipway/kernel';
import type { AppLifetime } from './apps.js';
import type { CouldNotFollow } from './capacity.js';
import type { CapacityControlFact } from './capacity-control-facts.js';
import type { DeploymentKind } from './deployments.js';
import type { Schedule } from './function-spec.js';
import type { HostFact } from './host-facts.js';
import type { AppId, CallId, FunctionId, ImageId, InputId, TaskId, WorkerId, WorkspaceId } from './ids.js';
import type { OutcomeKind } from './outcome.js';
import type { ExitReason } from './exit-reason.js';
import type { WorkerCapacity } from './tasks.js';

/** What other services may know of what happened: no payloads, no secrets. Version 1: fields are only ever added. */
export type Fact = Readonly<{ at: Instant }> &
  Readonly<
    | {
        type: 'app-created';
        appId: AppId;
        workspaceId: WorkspaceId;
        environment: string;
        description: string;
        lifetime: AppLifetime;
        name?: string;
      }
    | {
        /** A version serves from now on; a name '' and a lifetime that is left out are as before. */
        type: 'app-published';
        appId: AppId;
        version: number;
        name: string;
        lifetime?: AppLifetime;
        kind?: DeploymentKind;
      }
    | { type: 'app-stopped'; appId: AppId; reason: string }
    | {
        type: 'function-created';
        functionId: FunctionId;
        appId: AppId;
        workspaceId: WorkspaceId;
        tag: string;
        imageId: ImageId;
        baseFunctionId?: FunctionId;
      }
    | {
        type: 'call-created';
        callId: CallId;
        functionId: FunctionId;
        appId: AppId;
        workspaceId: WorkspaceId;
        shape: 'unary' | 'map';
        invocation: 'sync' | 'async';
        parentInputId?: InputId;
      }
    | {
        type: 'inputs-queued';
        callId: CallId;
        count: number;
        inputIds?: readonly InputId[];
        /** The method of a class that the inputs are for. */
        methodName?: string;
      }
    | { type: 'input-started'; callId: CallId; inputId: InputId; taskId: TaskId }
    | {
        type: 'input-requeued';
        callId: CallId;
        inputId: InputId;
        reason: 'retry' | 'container-lost';
      }
    | {
        type: 'input-finished';
        callId: CallId;
        inputId: InputId;
        outcome: OutcomeKind;
        taskId?: TaskId;
      }
    | { type: 'call-cancelled'; callId: CallId }
    | {
        type: 'schedule-started';
        functionId: FunctionId;
        appId: AppId;
        workspaceId: WorkspaceId;
        schedule: Schedule;
        nextDueAt?: Instant;
      }
    | { type: 'schedule-fired'; functionId: FunctionId; dueAt: Instant; callId: CallId; nextDueAt?: Instant }
    | {
        type: 'schedule-missed';
        functionId: FunctionId;
        firstDueAt: Instant;
        lastDueAt: Instant;
        ticks: number;
        /** More than `ticks` were missed. */
        atLeast?: true;
        nextDueAt?: Instant;
      }
    | { type: 'schedule-ended'; functionId: FunctionId; reason: 'app-stopped' | 'removed' }
    | {
        type: 'task-created';
        taskId: TaskId;
        functionId: FunctionId;
        appId: AppId;
        workspaceId: WorkspaceId;
        workerId: WorkerId;
        /** The group of demand that the container belongs to (demand-key.ts). */
        demandKey?: string;
        /** Who said where, while a capacity plan is in force: its flows, or best fit where they could not. */
        placedBy?: 'own-machine' | 'plan' | 'best-fit';
        /** Why it was not as the plan says, where best fit said it. */
        couldNotFollow?: CouldNotFollow;
      }
    | { type: 'task-ready'; taskId: TaskId; phases: Readonly<Record<string, number>> }
    | { type: 'task-stopping'; taskId: TaskId; reason: ExitReason }
    | { type: 'task-ended'; taskId: TaskId; reason: ExitReason; exitCode?: number; message?: string }
    | {
        /** A function wants this many containers more than there is room for; said anew when the number has changed. */
        type: 'room-lacked';
        functionId: FunctionId;
        demandKey: string;
        containers: number;
      }
    | { type: 'room-found'; functionId: FunctionId }
    | { type: 'worker-joined'; workerId: WorkerId; bootId: string; capacity: WorkerCapacity }
    | { type: 'worker-lost'; workerId: WorkerId; bootId: string; reason: string }
    | {
        /** A capacity plan was made; it is in force unless a person has to agree first. */
        type: 'capacity-plan-made';
        planId: string;
        approval: 'needed' | 'not-needed';
        planner: string;
        gap?: number;
        paidMicroUsdPerHourBefore: number;
        paidMicroUsdPerHourAfter: number;
        starts: number;
        stops: number;
        shortContainers: number;
      }
    | {
        type: 'capacity-plan-decided';
        planId: string;
        verdict: 'approved' | 'rejected';
        by: string;
        /** Why it was rejected. */
        reason?: string;
        /** Offers whose change was left out. */
        without?: readonly string[];
      }
    | {
        /** Plans are made from another catalogue from now on: its offers, rows that were doubted, and offers that are other than before. */
        type: 'capacity-catalogue-changed';
        version: string;
        offers: number;
        rejectedRows: number;
        added: number;
        withdrawn: number;
        repriced: number;
        redescribed: number;
      }
    | { type: 'capacity-planning-failed'; because: string }
    | CapacityControlFact
    | HostFact
    | { type: 'image-defined'; imageId: ImageId; workspaceId: WorkspaceId; builderVersion: string }
    | { type: 'image-built'; imageId: ImageId; sizeBytes: number; durationMs: number }
    | { type: 'image-failed'; imageId: ImageId; message: string }
  >;

/**
 * A message of the stream FACTS, subject `facts.<service>`: what one commit (or several) of that service's log said, in order.
 * It follows the message whose last position is before its first: positions without facts are in none of their own.
 */
export type FactBatch = Readonly<{
  service: string;
  firstPosition: number;
  lastPosition: number;
  facts: readonly Fact[];
  /** Of each fact; left out by who tells no such thing. A stream that is filled again is cut into other messages than before. */
  positions?: readonly number[];
}>;

/** The facts of a message that are news to who knows all until this position. */
export const factsAfter = ({ facts, positions }: FactBatch, position: number): readonly Fact[] =>
  positions === undefined ? facts : facts.filter((_, index) => (positions[index] ?? 0) > position);

export const FACTS_STREAM = 'FACTS';
export const factSubject = (service: string): string => `facts.${service}`;
