import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const program = `
  import { runCommandLine } from '${pathToFileURL(join(import.meta.dirname, 'run-command-line.ts')).href}';
  await runCommandLine({
    name: 'bench',
    help: '',
    options: {},
    onInterrupt: () => Promise.reject(new Error('./tools/down exited with code 1')),
    run: async () => (console.log('begun'), new Promise((done) => setTimeout(done, 60_000))),
  });
`;

test('what an interrupted command cannot take back is told, and it ends as one that was interrupted', async () => {
  const words = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program];
  const command = spawn(process.execPath, words, { env: { PATH: process.env['PATH'] } });
  const said = text(command.stderr);
  await once(command.stdout, 'data');
  command.kill('SIGINT');
  expect(await once(command, 'exit')).toEqual([130, null]);
  expect(await said).toContain('bench: ./tools/down exited with code 1');
});
