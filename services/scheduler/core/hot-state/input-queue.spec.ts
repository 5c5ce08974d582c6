import * as fc from 'fast-check';
import { InputQueue } from './input-queue.js';

describe('a queue of inputs', () => {
  test('gives those that may run as they came, and only the soonest of those that wait for their retry', () => {
    const queue = new InputQueue();
    for (const retry of ['late', 'later', 'latest']) queue.add(retry, 100 + retry.length, 0);
    queue.add('new', 1, 1);
    queue.add('newer', 2, 2);
    expect([...queue.due(3)]).toEqual(['new', 'newer', 'late']);
    expect(queue.size).toBe(5);
    expect([...queue]).toEqual(['new', 'newer', 'late', 'later', 'latest']);
  });

  test('has a retry that is due behind what came before that moment, and before what comes after it', () => {
    const queue = new InputQueue();
    queue.add('retry', 10, 0);
    queue.add('before', 9, 9);
    queue.add('after', 11, 11);
    expect([...queue.due(11)]).toEqual(['before', 'retry', 'after']);
  });

  test('lets go of what is removed, waiting or not, and takes it again', () => {
    const queue = new InputQueue();
    queue.add('a', 100, 0);
    queue.add('b', 50, 0);
    queue.add('c', 0, 0);
    for (const inputId of ['a', 'c', 'never there']) queue.remove(inputId);
    queue.add('a', 40, 1);
    expect([...queue]).toEqual(['a', 'b']);
    expect([...queue.due(45)]).toEqual(['a', 'b']);
    expect([...queue.due(39)]).toEqual(['a', 'b']);
    for (const inputId of ['a', 'b']) queue.remove(inputId);
    expect(queue.size).toBe(0);
    expect([...queue.due(1_000)]).toEqual([]);
  });

  test('knows of one that was removed and came again only what it came with last', () => {
    const queue = new InputQueue();
    queue.add('again', 50, 0);
    queue.remove('again');
    queue.add('other', 70, 0);
    queue.add('again', 80, 0);
    expect([...queue.due(60)]).toEqual(['other']);
  });

  test('is the same whoever looks at it in between, in the order of the moments from which inputs may run', () => {
    const step = fc.record({
      add: fc.nat(30),
      delayMs: fc.constantFrom(0, 0, 3, 20, 100),
      remove: fc.option(fc.nat(30)),
      passMs: fc.nat(10),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const [looked, left] = [new InputQueue(), new InputQueue()];
        const known = new Map<string, Readonly<{ availableAt: number; place: number }>>();
        let at = 0;
        for (const [place, { add, delayMs, remove, passMs }] of steps.entries()) {
          at += passMs;
          for (const queue of [looked, left]) queue.add(`in-${add}`, at + delayMs, at);
          if (!known.has(`in-${add}`)) known.set(`in-${add}`, { availableAt: at + delayMs, place });
          for (const queue of [looked, left]) if (remove !== null) queue.remove(`in-${remove}`);
          if (remove !== null) known.delete(`in-${remove}`);
          const inOrder = [...known].toSorted(
            ([, a], [, b]) => a.availableAt - b.availableAt || a.place - b.place,
          );
          const due = inOrder.filter(([, { availableAt }]) => availableAt <= at).length;
          expect([...looked.due(at)]).toEqual(inOrder.slice(0, due + 1).map(([inputId]) => inputId));
          expect(left.size).toBe(known.size);
        }
        expect([...left]).toEqual([...looked]);
      }),
    );
  });
});
