/** A moment: milliseconds since the Unix epoch. Time enters the core inside commands, never from a clock. */
export type Instant = number & { readonly __instant?: never };

export const later = (at: Instant, byMs: number): Instant => at + byMs;
