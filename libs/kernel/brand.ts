/** A string that is checked once, at the edge, and cannot be mixed up with another kind of id. */
export type Brand<Name extends string> = string & { readonly __brand?: Name };
