export * from './worker.module.js';
export * from './config.js';
