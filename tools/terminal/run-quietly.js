import { execFile } from 'node:child_process';
/** Runs a short command and returns what it printed; never throws. */
export const runQuietly = (command, commandArguments, { timeoutMs = 10_000, environment = {} } = {}) => new Promise((done) => execFile(command, [...commandArguments], { timeout: timeoutMs, killSignal: 'SIGKILL', env: { ...process.env, ...environment } }, (error, out, err) => done({
    ok: error === null,
    output: `${out}${err}`.trim() || (error?.message ?? ''),
    printed: out,
})));
//# sourceMappingURL=run-quietly.js.map