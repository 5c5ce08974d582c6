import type { AppId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { finishAppStop } from '../app/app.decide.js';
import type { Engine } from '../engine.js';
import { cancelInput } from '../input/input.decide.js';
import { requestTaskStop } from '../task/task.decide.js';

/** A stopping app: its inputs end as cancelled, its containers are told to go, and with the last of them it has stopped. */
export const stopApp = (engine: Engine, appId: AppId, at: Instant): void => {
  const { state } = engine;
  const app = state.apps.get(appId);
  if (app?.status !== 'stopping') return;
  for (const call of state.calls.values())
    if (call.appId === appId && (state.unfinishedOfCall.get(call.callId) ?? 0) > 0)
      for (const inputId of state.inputsOfCall.get(call.callId) ?? []) {
        const input = state.inputs.get(inputId);
        if (input !== undefined)
          engine.record(cancelInput(input, `the app was stopped: ${app.stopReason ?? ''}`), at);
      }
  const taskIds = [...(state.tasksOfApp.get(appId) ?? [])];
  for (const taskId of taskIds) {
    const task = state.tasks.get(taskId);
    if (task !== undefined) engine.record(requestTaskStop(task, 'graceful', 'app-stopped'), at);
  }
  engine.record(finishAppStop(app, taskIds.length), at);
};
