import type { OutputItem } from '@slipway/contracts';
import { SchedulerScene } from '../testing/scheduler-scene.testing.js';

const MAX_PAYLOAD_BYTES = 8 * 1024 * 1024;
const inputIds = Array.from({ length: 49 }, (_, idx) => `in-${idx}`);

test('outputs that do not fit into one message come with several, each of them once', async () => {
  const scene = new SchedulerScene();
  await scene.deploy({ maxConcurrentInputs: inputIds.length });
  const taskId = await scene.started(inputIds);
  await scene.take(taskId, { maxInputs: inputIds.length });
  const text = 'ü'.repeat(100_000);
  const said = { exception: text, traceback: text };
  for (const inputId of inputIds) await scene.put(taskId, inputId, 'user-error', 0, said);
  const got: OutputItem[] = [];
  let answers = 0;
  for (let afterEntry = 0; got.length < inputIds.length; answers += 1) {
    const ready = await scene.outputs('fc-1', afterEntry, 1_000);
    expect(Buffer.byteLength(JSON.stringify(ready))).toBeLessThan(MAX_PAYLOAD_BYTES);
    expect(ready.outputs.length).toBeGreaterThan(0);
    got.push(...ready.outputs);
    afterEntry = ready.lastEntry;
  }
  expect(got.map(({ inputId }) => inputId)).toEqual(inputIds);
  expect(answers).toBeGreaterThan(1);
});
