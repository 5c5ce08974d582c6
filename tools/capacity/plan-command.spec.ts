import { parseArguments } from '../terminal/parse-arguments.ts';
import { planCommand } from './plan-command.ts';

const run = (...words: string[]) =>
  Promise.resolve().then(() => planCommand.run(words, parseArguments([], planCommand.options)));

test.each([
  [['control', 'x'], /plan control takes no words; 'x' is one too many/],
  [['show', 'pl-1', 'pl-2'], /plan show takes at most 1; 'pl-2' is one too many/],
  [['floor', 'key', '3', '4'], /plan floor takes at most 2; '4' is one too many/],
  [['explain', 'a/b', 'pl-1', 'pl-2'], /plan explain takes at most 2; 'pl-2'/],
  [['nonsense'], /plan nonsense is unknown; it can be list, offers,/],
])('%j is a mistake that is said before anything is asked', async (words, message) => {
  await expect(run(...words)).rejects.toThrow(message);
});
