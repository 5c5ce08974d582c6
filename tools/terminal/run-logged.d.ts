/** A command that failed: what it was, how it ended, and the end of its log. */
export declare class CommandFailed extends Error {
    readonly log: string;
    readonly lastLines: string;
    constructor(command: string, how: string, log: string, lastLines: string);
}
export type RunOptions = Readonly<{
    log: string;
    folder?: string;
    environment?: Readonly<Record<string, string | undefined>>;
    input?: string;
}>;
/** Runs a command with all of its output in the log; throws CommandFailed unless it exits with 0. */
export declare const runLogged: (command: string, commandArguments: readonly string[], { log, folder, environment, input }: RunOptions) => Promise<void>;
/** Ends every command that runs now, with what it has started. */
export declare const endRunningCommands: () => void;
