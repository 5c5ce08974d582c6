import type { ImageId } from '@slipway/contracts';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { openStorage } from '../ledger/open-storage.js';
import { ImageNames } from './image-names.js';

let names: ImageNames;
let revisions = 0;

overPostgres(openStorage, ({ pool }) => (names = new ImageNames(pool)));

const publish = (environment: string, imageId: ImageId, workspaceId = 'ours') =>
  names.publish({
    ...{ workspaceId, environment, imageId, tag: 'base:latest' },
    ...{ revisionId: `re-${(revisions += 1)}`, publishedBy: 'ada' },
  });
const found = (environment: string, workspaceId = 'ours') =>
  names.find({ workspaceId, environment, tag: 'base:latest' });

test('the names of an environment move to another one, with their histories, and those of others stay', async () => {
  await publish('dev', 'im-1');
  await publish('dev', 'im-2');
  await publish('dev', 'im-3', 'theirs');
  const move = { workspaceId: 'ours', environment: 'dev', to: 'staging' };
  await names.moveAll(move);
  await names.moveAll(move);
  expect([await found('dev'), await found('staging'), await found('dev', 'theirs')]).toEqual([
    undefined,
    'im-2',
    'im-3',
  ]);
  const of = { workspaceId: 'ours', environment: 'staging', tag: 'base:latest', limit: 10 };
  expect((await names.history(of)).map(({ imageId }) => imageId)).toEqual(['im-2', 'im-1']);
});

test('an environment that goes takes its names with it, and none of another one', async () => {
  await publish('gone', 'im-1');
  await publish('main', 'im-2');
  await names.deleteAll({ workspaceId: 'ours', environment: 'gone' });
  expect([await found('gone'), await found('main')]).toEqual([undefined, 'im-2']);
});
