/** Injection tokens of this service. */
export const STORE = Symbol('store');
export const USAGE_INTAKE = Symbol('usage-intake');
export const JUST_TAKEN = Symbol('just-taken');
/** Where exports are written and lie. */
export const EXPORT_PLACE = Symbol('export-place');
