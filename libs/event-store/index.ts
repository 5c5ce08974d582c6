export * from './database.js';
export * from './database-errors.js';
export * from './fact-relay.js';
export * from './in-transaction.js';
export * from './open-log.js';
export * from './postgres-event-log.js';
export * from './shard-lease.js';
export * from './snapshots.js';
