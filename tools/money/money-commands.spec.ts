import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArguments } from '../terminal/parse-arguments.ts';
import { refuseSurplus } from '../terminal/refuse-surplus.ts';
import { moneyCommands, type Asked } from './money-commands.ts';

const asked = (...words: string[]): Asked => {
  const parsed = parseArguments(words, { site: 'flag', from: 'text', json: 'flag' }, 40);
  const [name = '', ...rest] = parsed.rest;
  const command = moneyCommands[name]!;
  refuseSurplus(name, command, rest, parsed);
  return command.ask(rest, parsed);
};

let folder = '';
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'slipway-money-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what a command does not take is refused, for it would change nothing', () => {
  expect(() => asked('balance', '2026-11', '2026-12')).toThrow("balance takes at most 1; '2026-12' is one");
  expect(() => asked('budget', 'soft', '10', 'main', 'dev')).toThrow("'dev' is one too many");
  expect(() => asked('costs', '2026-11-01', '--site')).toThrow('costs does not take --site');
});

test('exports of the site are listed where they are asked for', () => {
  expect(asked('exports')).toMatchObject({ path: '/billing/exports' });
  expect(asked('exports', '--site', '--json')).toMatchObject({ path: '/billing/exports?of=site' });
});

test('a grant says why', () => {
  expect(asked('grant', 'ws-1', 'g-1', '5', 'for', 'trying')).toMatchObject({
    body: { reason: 'for trying' },
  });
  expect(() => asked('grant', 'ws-1', 'g-1', '5')).toThrow('WHY is missing');
});

test('a file that holds no rate card is named', () => {
  const file = (text: string): string => {
    const path = join(folder, 'card.json');
    writeFileSync(path, text);
    return path;
  };
  expect(() => asked('publish', join(folder, 'nothing.json'))).toThrow(
    'nothing.json cannot be read as a rate card',
  );
  expect(() => asked('publish', file('{bad'))).toThrow('card.json cannot be read as a rate card');
  expect(() => asked('publish', file('[]'))).toThrow(
    'card.json holds no rate card: it must be a JSON object',
  );
  expect(asked('publish', file('{"cardId":"c-1"}'))).toMatchObject({ body: { cardId: 'c-1' } });
});
