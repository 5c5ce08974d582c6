export * from './answers.js';
export * from './bus.js';
export * from './bus-errors.js';
export * from './bus-pulse.js';
export * from './ensure-streams.js';
export * from './envelope.js';
export * from './nats-strategy.js';
