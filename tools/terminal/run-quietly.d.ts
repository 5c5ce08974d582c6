/** `output` is what was printed on both streams, `printed` what on the first. */
export type Outcome = Readonly<{
    ok: boolean;
    output: string;
    printed: string;
}>;
export type QuietOptions = Readonly<{
    timeoutMs?: number;
    environment?: Readonly<Record<string, string | undefined>>;
}>;
/** Runs a short command and returns what it printed; never throws. */
export declare const runQuietly: (command: string, commandArguments: readonly string[], { timeoutMs, environment }?: QuietOptions) => Promise<Outcome>;
