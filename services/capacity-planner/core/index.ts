export * from './catalogue/offer.js';
export * from './demand/demand-group.js';
export * from './fleet/fleet.js';
export * from './plan/plan.js';
export * from './planning-problem.js';
export * from './policy.js';
export * from './ports.js';
