/** Injection tokens of the scheduler's own parts. */
export const SCHEDULER = Symbol('scheduler');
export const LEADERSHIP = Symbol('leadership');
export const MONEY_HOLDS = Symbol('money-holds');
export const FACT_RELAY = Symbol('fact-relay');
