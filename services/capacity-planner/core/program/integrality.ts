/** Which counts must be integers: those of the first periods, or of all. */
export type Integrality = Readonly<{ periods: number; flows: 'integer' | 'continuous' }>;
