import { parseArguments } from '../terminal/parse-arguments.ts';
import { planCommand } from './plan-command.ts';

const kinds = { json: 'flag', ...planCommand.options } as const;
const run = (...words: string[]) =>
  Promise.resolve().then(() => {
    const parsed = parseArguments(words, kinds, 40);
    return planCommand.run(parsed.rest, parsed);
  });

test.each([
  [['control', 'x'], /plan control takes no words; 'x' is one too many/],
  [['show', 'pl-1', 'pl-2'], /plan show takes at most 1; 'pl-2' is one too many/],
  [['floor', 'key', '3', '4'], /plan floor takes at most 2; '4' is one too many/],
  [['explain', 'a/b', 'pl-1', 'pl-2'], /plan explain takes at most 2; 'pl-2'/],
  [['pin', 'gpu=H100', 'x'], /plan pin takes at most 1; 'x' is one too many/],
  [['freeze', '--all'], /plan freeze does not take --all; it takes --reason/],
  [['control', '--reason', 'x', '--json'], /plan control does not take --reason; it takes none/],
  [['approve', 'pl-1', '--without', 'a/b', '--price', 'gpu=H100*2'], /plan approve does not take --price/],
  [['show', 'pl-1', '--limit', '5'], /plan show does not take --limit/],
  [
    ['replay', 'pl-1', '--untried', '4'],
    /--untried is for the replay of a time, not for that of the plan pl-1/,
  ],
  [['replay', 'pl-1', '--regret'], /--regret is for the replay of a time/],
  [['--all'], /plan does not take --all; it takes none/],
  [['nonsense'], /plan nonsense is unknown; it can be list, offers,/],
])('%j is a mistake that is said before anything is asked', async (words, message) => {
  await expect(run(...words)).rejects.toThrow(message);
});
