export * from './accepted.js';
export * from './brand.js';
export * from './decision.js';
export * from './event-log.js';
export * from './instant.js';
export * from './refusal.js';
export * from './refused-error.js';
export * from './stored-event.js';
