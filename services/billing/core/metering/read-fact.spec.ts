import fc from 'fast-check';
import { readFact } from './read-fact.js';
import { containerFact, volumeFact } from '../../../../tools/testing/usage-facts.ts';

const codeOf = (came: unknown) => {
  const read = readFact(came);
  return 'code' in read ? read.code : 'taken';
};
const messageOf = (came: unknown) => {
  const read = readFact(came);
  return 'code' in read ? read.message : undefined;
};

describe('a usage fact as it comes', () => {
  test('whole facts are read as they are', () => {
    for (const fact of [containerFact(), volumeFact()]) expect(readFact(fact)).toEqual({ fact });
  });

  test('less than nothing is refused by name and value', () => {
    const fact = containerFact({ egressBytes: -1 });
    expect(codeOf(fact)).toBe('negative-usage');
    expect(messageOf(fact)).toBe('egressBytes is -1, but nothing can be used less than not at all');
    expect(codeOf(containerFact({ cpu: { usedNs: -5, reservedNs: 0 } }))).toBe('negative-usage');
    expect(codeOf(volumeFact({ storedBytes: -5 }))).toBe('negative-usage');
    expect(codeOf(containerFact({ durationNs: -1 }))).toBe('negative-usage');
  });

  test('a kind that billing does not know is refused', () => {
    expect(messageOf({ ...volumeFact(), kind: 'carrier-pigeon' })).toBe(
      `kind is "carrier-pigeon", but must be 'container' or 'volume'`,
    );
  });

  test('fractions, texts for numbers and missing fields are refused', () => {
    expect(codeOf(containerFact({ durationNs: 1.5 }))).toBe('malformed-usage');
    expect(codeOf({ ...containerFact(), egressBytes: '7' })).toBe('malformed-usage');
    expect(messageOf({ ...containerFact(), workspaceId: undefined })).toMatch(/^workspaceId is missing/);
    expect(codeOf(containerFact({ appId: 'a\0b' }))).toBe('malformed-usage');
    expect(codeOf(containerFact({ fromMs: Number.MAX_SAFE_INTEGER }))).toBe('malformed-usage');
  });

  test('phases that are not the whole time are refused', () => {
    const phases = { startingNs: 1, busyNs: 0, idleNs: 0, stoppingNs: 0 };
    expect(messageOf(containerFact({ phases }))).toMatch(
      /^phases is "1 \+ 0 \+ 0 \+ 0", but must be 10000000000/,
    );
  });

  test('GPU time that is not the time of the devices is refused', () => {
    const gpu = { type: 'H100', count: 2, deviceNs: 10, simulated: true };
    expect(codeOf(containerFact({ gpus: [gpu] }))).toBe('malformed-usage');
  });

  test('anything at all is read or refused in words', () => {
    fc.assert(fc.property(fc.anything(), (came) => codeOf(came) !== 'taken'));
    const names = Object.keys(containerFact());
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, value) => {
        readFact({ ...containerFact(), [name]: value });
      }),
    );
  });
});
