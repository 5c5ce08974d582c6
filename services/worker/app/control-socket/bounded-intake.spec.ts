import { BoundedIntake } from './bounded-intake.js';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An intake of 100 bytes that reads two things at once, of which each is told when it is read and when it is done with. */
const intake = () => {
  const bounded = new BoundedIntake({ heldBytes: 100, readAtOnce: 2 });
  const begun: string[] = [];
  const come = (name: string, bytes: number) => {
    const read = Promise.withResolvers<number>();
    const use = Promise.withResolvers<string>();
    const passed = bounded.pass(
      () => {
        begun.push(name);
        return read.promise;
      },
      (size) => size,
      () => use.promise,
    );
    return {
      isRead: () => read.resolve(bytes),
      fails: read.reject,
      done: () => use.resolve(name),
      use,
      passed,
    };
  };
  return { begun, come };
};

test('things are read while what is held is below the bound, and the next when one is done with', async () => {
  const { begun, come } = intake();
  const [one, two, three, four] = [come('one', 60), come('two', 60), come('three', 60), come('four', 1)];
  await settled();
  expect(begun).toEqual(['one', 'two']);
  one.isRead();
  two.isRead();
  await settled();
  expect(begun).toEqual(['one', 'two', 'three']);
  three.isRead();
  await settled();
  one.done();
  await one.passed;
  expect(begun).toEqual(['one', 'two', 'three']);
  two.done();
  await two.passed;
  expect(begun).toEqual(['one', 'two', 'three', 'four']);
  four.isRead();
  four.done();
  expect(await four.passed).toBe('four');
});

test('what cannot be read, or be done with, makes room as well', async () => {
  const { begun, come } = intake();
  const [one, two, three] = [come('one', 200), come('two', 1), come('three', 1)];
  two.fails(new Error('gone'));
  await expect(two.passed).rejects.toThrow('gone');
  expect(begun).toEqual(['one', 'two', 'three']);
  one.isRead();
  one.use.reject(new Error('refused'));
  await expect(one.passed).rejects.toThrow('refused');
  three.fails(new Error('gone'));
  await expect(three.passed).rejects.toThrow('gone');
  const last = come('last', 1);
  await settled();
  expect(begun).toContain('last');
  last.isRead();
  last.done();
  expect(await last.passed).toBe('last');
});
