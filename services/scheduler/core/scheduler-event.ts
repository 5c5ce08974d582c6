import type { AppEvent } from './app/app.events.js';
import type { CallEvent } from './call/call.events.js';
import type { FunctionEvent } from './function/function.events.js';
import type { InputEvent } from './input/input.events.js';
import type { RoomEvent } from './room/room.events.js';
import type { ScheduleEvent } from './schedule/schedule.events.js';
import type { TaskEvent } from './task/task.events.js';
import type { WorkerEvent } from './worker/worker.events.js';

export type SchedulerEvent =
  AppEvent | FunctionEvent | CallEvent | InputEvent | RoomEvent | ScheduleEvent | TaskEvent | WorkerEvent;

/** The stream that an event belongs to: one per aggregate, inputs with their call, classes with their app. */
export const streamOf = (event: SchedulerEvent): string => {
  switch (event.type) {
    case 'app-created':
    case 'app-kept':
    case 'app-published':
    case 'version-staged':
    case 'class-created':
    case 'app-tagged':
    case 'app-stop-requested':
    case 'app-stopped':
      return appStream(event.data.appId);
    case 'function-defined':
    case 'function-scaled':
      return functionStream(event.data.functionId);
    case 'function-bound':
      return functionStream(event.data.boundFunctionId);
    case 'call-created':
    case 'inputs-queued':
    case 'call-sealed':
    case 'call-cancelled':
    case 'input-started':
    case 'input-requeued':
    case 'input-finished':
      return callStream(event.data.callId);
    case 'schedule-started':
    case 'schedule-fired':
    case 'schedule-missed':
    case 'schedule-ended':
      return scheduleStream(event.data.functionId);
    case 'room-lacked':
    case 'room-found':
      return `room-${event.data.functionId}`;
    case 'task-created':
    case 'task-ready':
    case 'task-stop-requested':
    case 'task-ended':
      return taskStream(event.data.taskId);
    case 'worker-joined':
    case 'worker-lost':
    case 'worker-drain-requested':
    case 'worker-drain-cancelled':
      return workerStream(event.data.workerId);
    default:
      return event satisfies never;
  }
};

export const callStream = (callId: string): string => `call-${callId}`;
export const appStream = (appId: string): string => `app-${appId}`;
export const functionStream = (functionId: string): string => `function-${functionId}`;
export const taskStream = (taskId: string): string => `task-${taskId}`;
export const workerStream = (workerId: string): string => `worker-${workerId}`;
export const scheduleStream = (functionId: string): string => `schedule-${functionId}`;
