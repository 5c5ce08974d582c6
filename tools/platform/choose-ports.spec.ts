import fc from 'fast-check';
import { choosePorts } from './choose-ports.ts';

const allFree = async () => true;

describe('ports', () => {
  test('the preferred port is taken while it is free', async () => {
    expect(await choosePorts([{ name: 'gateway', preferred: 8700 }], {}, allFree)).toEqual({ gateway: 8700 });
  });

  test('a port kept from an earlier start comes before the preferred one', async () => {
    expect(await choosePorts([{ name: 'gateway', preferred: 8700 }], { gateway: 9000 }, allFree)).toEqual({
      gateway: 9000,
    });
  });

  test('where the wanted port is in use, the next free one that nobody else wants is taken', async () => {
    const needs = [
      { name: 'gateway', preferred: 8700 },
      { name: 'blob-store', preferred: 8701 },
    ];
    expect(await choosePorts(needs, {}, async (port) => port !== 8700)).toEqual({
      gateway: 8702,
      'blob-store': 8701,
    });
  });

  test("the operator's port is refused while it is in use", async () => {
    const needs = [{ name: 'gateway', preferred: 8700, fixed: 80 }];
    await expect(choosePorts(needs, {}, async () => false)).rejects.toThrow('port 80 for gateway is in use');
  });

  test('no two needs get one port, whatever is in use and was kept', async () => {
    const port = fc.integer({ min: 8700, max: 8720 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(port, { maxLength: 8 }),
        fc.array(port, { maxLength: 5 }),
        fc.array(port),
        async (preferred, kept, used) => {
          const needs = preferred.map((wanted, index) => ({ name: `n${index}`, preferred: wanted }));
          const before = Object.fromEntries(kept.map((value, index) => [`n${index}`, value]));
          const chosen = Object.values(await choosePorts(needs, before, async (p) => !used.includes(p)));
          expect(new Set(chosen).size).toBe(needs.length);
          expect(chosen.some((p) => used.includes(p))).toBe(false);
        },
      ),
    );
  });
});
