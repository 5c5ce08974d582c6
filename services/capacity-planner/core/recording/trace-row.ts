/** One row of a trace: a plain object with its type. */
export type TraceRow = Readonly<{ type: string } & Record<string, unknown>>;
