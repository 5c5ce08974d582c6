import { FairTurns } from './fair-turns.js';

const stays = new AbortController().signal;
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Who has got a turn so far, in order. */
const asking = (turns: FairTurns) => {
  const had: string[] = [];
  const take = async (key: string, signal = stays) => {
    const end = await turns.take(key, signal);
    had.push(key);
    return end;
  };
  return { had, take };
};

test('one that asks much waits for itself, and another goes first', async () => {
  const { had, take } = asking(new FairTurns({ atOnce: 3, ofOneKey: 2 }));
  const [first] = [take('much'), take('much'), take('much'), take('other')];
  await settled();
  expect(had).toEqual(['much', 'much', 'other']);
  (await first)();
  await settled();
  expect(had).toEqual(['much', 'much', 'other', 'much']);
});

test('no more than a few work at once, and a turn that ends twice ends once', async () => {
  const { had, take } = asking(new FairTurns({ atOnce: 1, ofOneKey: 1 }));
  const [first] = [take('a'), take('b'), take('c')];
  const end = await first!;
  end();
  end();
  await settled();
  expect(had).toEqual(['a', 'b']);
});

test('who leaves while waiting takes no turn', async () => {
  const turns = new FairTurns({ atOnce: 1, ofOneKey: 1 });
  const { had, take } = asking(turns);
  const end = await take('a');
  const gone = new AbortController();
  const left = take('b', gone.signal);
  gone.abort();
  await expect(left).rejects.toMatchObject({ refusal: { code: 'reader-left' } });
  expect(turns.takeNow('c')).toBeUndefined();
  end();
  expect(turns.takeNow('c')).toBeDefined();
  expect(had).toEqual(['a']);
});

test('some turns are kept for who has none', async () => {
  const { had, take } = asking(new FairTurns({ atOnce: 4, ofOneKey: 2, keptForOthers: 1 }));
  void Promise.all(['a', 'a', 'b', 'b', 'c'].map((key) => take(key)));
  await settled();
  expect(had).toEqual(['a', 'a', 'b', 'c']);
});
