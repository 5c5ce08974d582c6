import { OutputsUnderWay } from './outputs-under-way.js';

const never = new AbortController().signal;
const program = { taskId: 'ta-1', execId: 'e-1' };

test('an exit code waits for every output of its program that is being read, and for no other', async () => {
  const outputs = new OutputsUnderWay();
  const sent: string[] = [];
  const endOut = outputs.begin(program);
  const endErr = outputs.begin(program);
  outputs.begin({ taskId: 'ta-1', execId: 'e-2' });
  const told = outputs.sent(program, never).then(() => sent.push('exit code'));
  endOut();
  await Promise.resolve();
  sent.push('stderr');
  endErr();
  await told;
  expect(sent).toEqual(['stderr', 'exit code']);
  await outputs.sent(program, never);
});

test('an exit code waits no longer than its signal says for an output that nobody takes', async () => {
  const outputs = new OutputsUnderWay();
  const over = new AbortController();
  outputs.begin(program);
  const told = outputs.sent(program, over.signal);
  over.abort();
  await told;
  await outputs.sent(program, over.signal);
});
