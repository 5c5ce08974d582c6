import { poolOf } from '@slipway/event-store';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { openStore } from './open-store.js';
import { SecretCipher } from './secret-cipher.js';
import { TokenFlows } from './token-flows.js';

const NOW = 1_700_000_000_000;
const LIFE_MS = 15 * 60_000;
const MOST_OPEN = 200;

let flows: TokenFlows;
let made = 0;

overPostgres(openStore, async (orm) => {
  flows = new TokenFlows(await poolOf(orm), new SecretCipher('ab'.repeat(32)));
});

const ask = async (address: string, createdAt = NOW): Promise<string> => {
  const flowId = `tf-${(made += 1)}`;
  await flows.create({
    flowId,
    code: 'ABCD-EFGH',
    waitSecret: 'secret',
    askedBy: { machine: 'laptop', platform: 'linux', client: 'client', address },
    createdAt,
    expiresAt: createdAt + LIFE_MS,
  });
  return flowId;
};
const sayYes = (flowId: string) =>
  flows.grant(flowId, { tokenId: 'ak-1', tokenSecret: 'as-1', workspaceName: 'main' }, NOW);

test('a request is open until its yes or its end', async () => {
  const [answered, open] = [await ask('10.0.0.1'), await ask('10.0.0.1')];
  await sayYes(answered);
  expect(await flows.stillOpen([answered, open, 'tf-unknown'], NOW)).toEqual(new Set([open]));
  expect(await flows.stillOpen([open], NOW + LIFE_MS)).toEqual(new Set());
  expect(await flows.granted(answered, 'secret', NOW)).toMatchObject({ tokenSecret: 'as-1' });
});

test('an address has so many open requests and no more, until some are answered or over', async () => {
  const [first] = await Promise.all(Array.from({ length: MOST_OPEN - 1 }, () => ask('10.0.0.2')));
  await ask('10.0.0.2');
  await expect(ask('10.0.0.2')).rejects.toMatchObject({ refusal: { code: 'token-flows-open' } });
  await ask('10.0.0.3');
  await sayYes(first!);
  await ask('10.0.0.2');
  await expect(ask('10.0.0.2')).rejects.toMatchObject({ refusal: { refused: 'exhausted' } });
  await ask('10.0.0.2', NOW + LIFE_MS);
});
