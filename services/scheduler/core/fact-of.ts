import type { Fact } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { InputsQueued } from './call/call.events.js';
import type { SchedulerEvent } from './scheduler-event.js';

/** What other services may know of an event: no arguments, no results, no secrets. */
export const factOf = (event: SchedulerEvent, at: Instant): Fact | undefined => {
  switch (event.type) {
    case 'app-created': {
      const { appId, workspaceId, environment, description, lifetime, name } = event.data;
      return {
        at,
        type: event.type,
        appId,
        workspaceId,
        environment,
        description,
        lifetime,
        ...(name ? { name } : {}),
      };
    }
    case 'app-published': {
      const { appId, version, name, lifetime, kind } = event.data;
      return {
        at,
        type: event.type,
        appId,
        version,
        name,
        ...(lifetime === undefined ? {} : { lifetime }),
        ...(kind === undefined ? {} : { kind }),
      };
    }
    case 'app-stopped':
      return { at, type: event.type, ...event.data };
    case 'function-defined': {
      const { functionId, appId, workspaceId, spec } = event.data;
      return {
        at,
        type: 'function-created',
        functionId,
        appId,
        workspaceId,
        tag: spec.tag,
        imageId: spec.imageId,
      };
    }
    case 'call-created': {
      const { callId, functionId, appId, workspaceId, shape, invocation, parentInputId } = event.data;
      const parent = parentInputId === undefined ? {} : { parentInputId };
      return { at, type: event.type, callId, functionId, appId, workspaceId, shape, invocation, ...parent };
    }
    case 'inputs-queued':
      return inputsQueued(event.data, at);
    case 'input-started':
      return { at, type: event.type, ...event.data };
    case 'input-requeued': {
      const { callId, inputId, reason } = event.data;
      return {
        at,
        type: event.type,
        callId,
        inputId,
        reason: reason === 'container-lost' ? reason : 'retry',
      };
    }
    case 'input-finished': {
      const { callId, inputId, taskId, outcome } = event.data;
      const task = taskId === undefined ? {} : { taskId };
      return { at, type: event.type, callId, inputId, outcome: outcome.kind, ...task };
    }
    case 'call-cancelled':
      return { at, type: event.type, callId: event.data.callId };
    case 'task-created': {
      const { taskId, functionId, appId, workspaceId, workerId } = event.data;
      const { demandKey, placedBy, couldNotFollow } = event.data;
      return {
        at,
        type: event.type,
        taskId,
        functionId,
        appId,
        workspaceId,
        workerId,
        ...(demandKey === undefined ? {} : { demandKey }),
        ...(placedBy === undefined ? {} : { placedBy }),
        ...(couldNotFollow === undefined ? {} : { couldNotFollow }),
      };
    }
    case 'task-ready':
      return { at, type: event.type, ...event.data };
    case 'task-stop-requested':
      return { at, type: 'task-stopping', taskId: event.data.taskId, reason: event.data.reason };
    case 'task-ended': {
      const { capturedLayer: _, ...rest } = event.data;
      return { at, type: event.type, ...rest };
    }
    case 'schedule-started':
    case 'schedule-fired':
    case 'schedule-missed':
    case 'schedule-ended':
      return { at, type: event.type, ...event.data } as Fact;
    case 'room-lacked':
    case 'room-found':
      return { at, type: event.type, ...event.data } as Fact;
    case 'worker-joined':
    case 'worker-lost':
      return { at, type: event.type, ...event.data } as Fact;
    case 'worker-drain-requested':
    case 'worker-drain-cancelled':
    case 'function-bound':
    case 'function-scaled':
    case 'version-staged':
    case 'class-created':
    case 'app-kept':
    case 'app-tagged':
    case 'app-stop-requested':
    case 'call-sealed':
      return undefined;
    default:
      return event satisfies never;
  }
};

const inputsQueued = ({ callId, inputs }: InputsQueued['data'], at: Instant): Fact => {
  const methodName = inputs[0]?.methodName;
  return {
    at,
    type: 'inputs-queued',
    callId,
    count: inputs.length,
    inputIds: inputs.map(({ inputId }) => inputId),
    ...(methodName === undefined ? {} : { methodName }),
  };
};
