/** Injection tokens of the worker. */
export const OPENED_HOST = Symbol('opened-host');
export const TASK_RUNS = Symbol('task-runs');
export const SYNC_LOOP = Symbol('sync-loop');
export const BUILD_STEPS = Symbol('build-steps');
export const COMMAND_ROUTER = Symbol('command router');
