export * from './create-scheduler.js';
export * from './fact-of.js';
export * from './hot-state/hot-state.js';
export * from './hot-state/replay-log.js';
export * from './hot-state/snapshot.js';
export * from './policies/spending/spend-gate.js';
export type { WorkerTrouble } from './policies/starts/judge-worker.js';
export * from './ports.js';
export * from './scheduler-event.js';
