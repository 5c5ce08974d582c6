import * as fc from 'fast-check';
import { InputsInOrder } from './inputs-in-order.js';

test('inputs in order are those that were added and not removed, oldest first, wherever others went', () => {
  const step = fc.record({ id: fc.nat(2_000), goes: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 4_000, size: 'max' }), (steps) => {
      const [inputs, expected] = [new InputsInOrder(), new Set<string>()];
      for (const { id, goes } of steps) {
        if (goes) inputs.remove(`in-${id}`);
        else inputs.add(`in-${id}`);
        if (goes) expected.delete(`in-${id}`);
        else expected.add(`in-${id}`);
      }
      expect([...inputs]).toEqual([...expected]);
      expect(inputs.size).toBe(expected.size);
    }),
    { numRuns: 30 },
  );
});

test('behind one that stays, those that come and go leave nothing', () => {
  const inputs = new InputsInOrder();
  inputs.add('in-stays');
  for (let n = 0; n < 10_000; n += 1) {
    inputs.add(`in-${n}`);
    inputs.remove(`in-${n}`);
  }
  expect([...inputs]).toEqual(['in-stays']);
  expect(inputs.slots).toBeLessThanOrEqual(1_001);
});
