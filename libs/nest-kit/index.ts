export * from './abort-within.js';
export * from './config.js';
export * from './mesh.module.js';
export * from './mount-lists.js';
export * from './object-client.js';
export * from './readiness.js';
export * from './start-service.js';
export * from './tokens.js';
