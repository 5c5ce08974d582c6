/** Injection tokens of this service. */
export const STORE = Symbol('store');
export const USAGE_INTAKE = Symbol('usage-intake');
export const JUST_TAKEN = Symbol('just-taken');
