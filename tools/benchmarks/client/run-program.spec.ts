import { begunThings } from '../begun-things.ts';
import { runProgram, runToTheEnd } from './run-program.ts';

const environment = { PATH: process.env['PATH'] ?? '' };

test('an interruption ends what runs and lets nothing begin but what takes back', async () => {
  const ended = expect(runProgram('sleep', ['600'], environment)).rejects.toThrow(
    'sleep 600 exited with code null',
  );
  await begunThings.interrupt();
  await ended;
  await expect(runProgram('true', [], environment)).rejects.toThrow('interrupted');
  expect(await runToTheEnd('echo', ['stopped'], environment)).toBe('stopped\n');
});
