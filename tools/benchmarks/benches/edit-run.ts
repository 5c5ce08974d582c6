import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alternate } from '../alternate.ts';
import type { BenchSetting } from '../bench-setting.ts';
import { runProgram } from '../client/run-program.ts';
import { median } from '../report/percentile.ts';

const counts = { quick: 3, full: 10 };

const hello = (edit: number): string => `import modal

app = modal.App("slipway-bench-hello")


@app.function()
def hello():
    return "edit ${edit}"


@app.local_entrypoint()
def main():
    print(hello.remote())
`;

/** A whole `modal run` of a hello that was edited before each run, beside an import of the client. */
export const editRun = async ({ environment, recorder, size }: BenchSetting): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  let edit = 0;
  const timed = async (
    command: string,
    words: readonly string[],
  ): Promise<[seconds: number, output: string]> => {
    const began = performance.now();
    const output = await runProgram(command, words, environment, folder);
    return [(performance.now() - began) / 1000, output];
  };
  const run = async (): Promise<number> => {
    edit += 1;
    writeFileSync(join(folder, 'hello.py'), hello(edit));
    const [seconds, output] = await timed('modal', ['run', 'hello.py']);
    if (!output.includes(`edit ${edit}\n`)) throw new Error(`edit ${edit} did not come back: ${output}`);
    return seconds;
  };
  const name = 'python -c "import modal"';
  const measure = async (): Promise<number> => (await timed('python', ['-c', 'import modal']))[0];
  try {
    await run();
    await measure();
    const { ours, theirs } = await alternate(recorder, counts[size], run, [{ name, measure }]);
    recorder.keep('run', ours);
    recorder.keep('import', theirs);
    const [beside] = theirs;
    recorder.measured('seconds', median(ours), 's', beside && { name, value: median(beside.found) });
    if (beside) recorder.measured('seconds_over_import', median(ours) - median(beside.found), 's');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
