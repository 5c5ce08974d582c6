export { usualPriceMicroUsd } from './accounts/usual-price.js';
export type { Outcome, StepAccount } from './accounts/step-account.js';
export { Chance, luckAt } from './chance.js';
export { generatePeriod, type PeriodRequest } from './generate/generate-period.js';
export { worldSizes, type WorldSizeName } from './generate/world-size.js';
export type { OfferHistory, Period } from './period.js';
export type { CapacityPolicy, NodeUse, Observation, ObservedNode, Wish } from './policy-port.js';
export { simulate, type StepSight } from './simulate.js';
export { SIMULATOR_VERSION } from './version.js';
