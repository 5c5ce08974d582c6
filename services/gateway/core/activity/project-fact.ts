import type { Fact } from '@slipway/contracts';
import type { RowChange } from './activity-row.js';

/** What a fact changes in the tables of activity. The fold over all facts, in order, is the read model. */
export const projectFact = (fact: Fact): readonly RowChange[] => {
  switch (fact.type) {
    case 'app-created':
      return [
        {
          table: 'apps',
          id: fact.appId,
          set: {
            workspace_id: fact.workspaceId,
            environment: fact.environment,
            description: fact.description,
            lifetime: fact.lifetime,
            name: fact.name ?? null,
            state: 'created',
            created_at: fact.at,
          },
        },
      ];
    case 'app-published':
      return [
        {
          table: 'apps',
          id: fact.appId,
          set: {
            ...(fact.name ? { name: fact.name } : {}),
            ...(fact.lifetime === undefined ? {} : { lifetime: fact.lifetime }),
            version: fact.version,
            state: 'running',
            deployed_at: fact.at,
          },
        },
      ];
    case 'app-stopped':
      return [
        {
          table: 'apps',
          id: fact.appId,
          set: { state: 'stopped', stop_reason: fact.reason, stopped_at: fact.at },
        },
      ];
    case 'function-created':
      return [
        {
          table: 'functions',
          id: fact.functionId,
          set: {
            workspace_id: fact.workspaceId,
            app_id: fact.appId,
            tag: fact.tag,
            image_id: fact.imageId,
            base_function_id: fact.baseFunctionId ?? null,
            created_at: fact.at,
          },
        },
      ];
    case 'call-created':
      return [
        {
          table: 'calls',
          id: fact.callId,
          set: {
            workspace_id: fact.workspaceId,
            app_id: fact.appId,
            function_id: fact.functionId,
            shape: fact.shape,
            invocation: fact.invocation,
            parent_input_id: fact.parentInputId ?? null,
            created_at: fact.at,
          },
        },
      ];
    case 'inputs-queued':
      return [{ table: 'calls', id: fact.callId, add: { inputs: fact.count } }];
    case 'input-finished':
      return [
        {
          table: 'calls',
          id: fact.callId,
          set: { last_output_at: fact.at },
          add: fact.outcome === 'success' ? { succeeded: 1 } : { failed: 1 },
        },
      ];
    case 'call-cancelled':
      return [{ table: 'calls', id: fact.callId, set: { cancelled_at: fact.at } }];
    case 'task-created':
      return [
        {
          table: 'tasks',
          id: fact.taskId,
          set: {
            workspace_id: fact.workspaceId,
            app_id: fact.appId,
            function_id: fact.functionId,
            worker_id: fact.workerId,
            state: 'starting',
            created_at: fact.at,
          },
        },
      ];
    case 'task-ready':
      return [
        {
          table: 'tasks',
          id: fact.taskId,
          set: { state: 'ready', ready_at: fact.at, phases: JSON.stringify(fact.phases) },
        },
      ];
    case 'task-stopping':
      return [{ table: 'tasks', id: fact.taskId, set: { state: 'stopping', reason: fact.reason } }];
    case 'task-ended':
      return [
        {
          table: 'tasks',
          id: fact.taskId,
          set: {
            state: 'ended',
            reason: fact.reason,
            exit_code: fact.exitCode ?? null,
            message: fact.message ?? null,
            ended_at: fact.at,
          },
        },
      ];
    case 'capacity-plan-made':
    case 'capacity-plan-decided':
    case 'capacity-catalogue-changed':
    case 'capacity-planning-failed':
    case 'capacity-planning-frozen':
    case 'capacity-planning-resumed':
    case 'capacity-floor-set':
    case 'capacity-guardrails-set':
    case 'capacity-offers-excluded':
    case 'capacity-exclusion-ended':
    case 'capacity-offers-pinned':
    case 'capacity-pin-ended':
    case 'capacity-commitment-recorded':
    case 'capacity-commitment-removed':
    case 'capacity-host-asked':
    case 'capacity-host-refused':
    case 'capacity-host-accepted':
    case 'capacity-host-joined':
    case 'capacity-host-repriced':
    case 'capacity-host-drain-begun':
    case 'capacity-host-kept':
    case 'capacity-host-preemption-noticed':
    case 'capacity-host-stop-asked':
    case 'capacity-host-ended':
    case 'capacity-orphan-found':
    case 'capacity-drift-found':
    case 'capacity-drift-ended':
    case 'room-lacked':
    case 'room-found':
      return [];
    case 'worker-joined':
      return [
        {
          table: 'workers',
          id: fact.workerId,
          set: {
            state: 'up',
            boot_id: fact.bootId,
            capacity: JSON.stringify(fact.capacity),
            created_at: fact.at,
            lost_at: null,
            lost_reason: null,
          },
        },
      ];
    case 'worker-lost':
      return [
        {
          table: 'workers',
          id: fact.workerId,
          set: { state: 'lost', lost_reason: fact.reason, lost_at: fact.at },
        },
      ];
    case 'image-defined':
      return [
        {
          table: 'images',
          id: fact.imageId,
          set: {
            workspace_id: fact.workspaceId,
            builder_version: fact.builderVersion,
            state: 'building',
            created_at: fact.at,
          },
        },
      ];
    case 'image-built':
      return [
        {
          table: 'images',
          id: fact.imageId,
          set: { state: 'built', size_bytes: fact.sizeBytes, build_ms: fact.durationMs, message: null },
        },
      ];
    case 'image-failed':
      return [{ table: 'images', id: fact.imageId, set: { state: 'failed', message: fact.message } }];
    case 'schedule-started':
    case 'schedule-fired':
    case 'schedule-missed':
    case 'schedule-ended':
    case 'input-started':
    case 'input-requeued':
      return [];
  }
};
