/** Injection tokens of the capacity planner's own parts. */
export const LEADERSHIP = Symbol('leadership');
export const PLANNER_STATE = Symbol('planner-state');
export const DEMAND = Symbol('demand');
export const PLANS = Symbol('plans');
export const CATALOGUE = Symbol('catalogue');
export const FLEET = Symbol('fleet');
export const MAKE_PLAN = Symbol('make-plan');
export const CYCLE = Symbol('cycle');
export const FACT_RELAY = Symbol('fact-relay');
export const PLANNER_METRICS = Symbol('planner-metrics');
export const FOLLOWERS = Symbol('followers');
export const PLAN_ANSWERS = Symbol('plan-answers');
export const CONTROL_ANSWERS = Symbol('control-answers');
export const MARKET_ANSWERS = Symbol('market-answers');
export const TRIGGERS = Symbol('triggers');
export const SITE_POLICY = Symbol('site-policy');
