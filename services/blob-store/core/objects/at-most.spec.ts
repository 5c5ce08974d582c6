import { atMost } from './at-most.js';

async function* pieces(...sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (const size of sizes) yield new Uint8Array(size);
}

const taken = async (limitBytes: number, sizes: readonly number[]): Promise<number[]> => {
  const seen: number[] = [];
  try {
    for await (const piece of atMost(pieces(...sizes), limitBytes, 'body-too-long')) seen.push(piece.length);
  } catch (error) {
    expect(error).toMatchObject({ refusal: { code: 'body-too-long' } });
    seen.push(-1);
  }
  return seen;
};

test('all of a body passes that is as long as announced', async () => {
  expect(await taken(5, [2, 3])).toEqual([2, 3]);
});

test('of a longer one nothing passes from the piece on that is too much', async () => {
  expect(await taken(5, [2, 4, 1])).toEqual([2, -1]);
});
