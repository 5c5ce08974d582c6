import { alternate } from './alternate.ts';
import { Recorder } from './report/recorder.ts';

const failingFrom = (round: number, message: string) => {
  let asked = 0;
  return async (): Promise<number> => {
    asked += 1;
    if (asked >= round) throw new Error(message);
    return asked;
  };
};
const three = async (): Promise<number> => 3;
const recorder = () => new Recorder('bench', () => undefined);

test('ours and every baseline are measured in each round', async () => {
  const found = await alternate(recorder(), 2, three, [{ name: 'Ray', measure: three }]);
  expect(found).toEqual({ ours: [3, 3], theirs: [{ name: 'Ray', found: [3, 3] }] });
});

test('a baseline that fails in a later round keeps what it found, is asked no more, and the others go on', async () => {
  const told = recorder();
  const { theirs } = await alternate(told, 4, three, [
    { name: 'runsc', measure: failingFrom(3, 'no room') },
    { name: 'runc', measure: three },
  ]);
  expect(theirs).toEqual([
    { name: 'runsc', found: [1, 2] },
    { name: 'runc', found: [3, 3, 3, 3] },
  ]);
  expect(told.skipped).toEqual([{ baseline: 'runsc from round 3 on', reason: 'no room' }]);
});

test('a baseline that never ran is not there', async () => {
  const told = recorder();
  const { theirs } = await alternate(told, 2, three, [{ name: 'Ray', measure: failingFrom(1, 'no Python') }]);
  expect([theirs, told.skipped]).toEqual([[], [{ baseline: 'Ray', reason: 'no Python' }]]);
});

test('what goes wrong with ours is no fault of a baseline', async () => {
  const told = recorder();
  const ours = failingFrom(2, 'GET / was answered 502');
  await expect(alternate(told, 2, ours, [{ name: 'nginx', measure: three }])).rejects.toThrow('502');
  expect(told.skipped).toEqual([]);
});
