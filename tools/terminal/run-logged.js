import { spawn } from 'node:child_process';
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
const shownLines = 30;
const running = new Set();
/** A command that failed: what it was, how it ended, and the end of its log. */
export class CommandFailed extends Error {
    constructor(command, how, log, lastLines) {
        super(`${command} ${how}`);
        this.log = log;
        this.lastLines = lastLines;
    }
}
/** Runs a command with all of its output in the log; throws CommandFailed unless it exits with 0. */
export const runLogged = async (command, commandArguments, { log, folder, environment, input }) => {
    mkdirSync(dirname(log), { recursive: true });
    appendFileSync(log, `\n$ ${[command, ...commandArguments].join(' ')}\n`);
    const start = readFileSync(log).length;
    const output = openSync(log, 'a');
    const child = spawn(command, commandArguments, {
        cwd: folder,
        env: { ...process.env, ...environment },
        stdio: [input === undefined ? 'ignore' : 'pipe', output, output],
        detached: true,
    });
    closeSync(output);
    running.add(child);
    child.stdin?.end(input);
    const how = await new Promise((done) => {
        child.once('error', (error) => done(`could not start: ${error.message}`));
        child.once('exit', (code, signal) => done(signal ? `was killed by ${signal}` : `exited with code ${code}`));
    });
    running.delete(child);
    if (how !== 'exited with code 0') {
        const lines = readFileSync(log).subarray(start).toString().trimEnd().split('\n');
        throw new CommandFailed(command, how, log, lines.slice(-shownLines).join('\n'));
    }
};
/** Ends every command that runs now, with what it has started. */
export const endRunningCommands = () => {
    for (const child of running)
        if (child.pid)
            process.kill(-child.pid, 'SIGTERM');
};
//# sourceMappingURL=run-logged.js.map