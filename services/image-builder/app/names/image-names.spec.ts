import type { ImageId } from '@slipway/contracts';
import {
  startThrowawayPostgres,
  type ThrowawayPostgres,
} from '../../../../tools/testing/throwaway-postgres.ts';
import { openStorage, type Storage } from '../ledger/open-storage.js';
import { ImageNames } from './image-names.js';

let postgres: ThrowawayPostgres;
let storage: Storage;
let names: ImageNames;
let revisions = 0;

beforeAll(async () => {
  postgres = await startThrowawayPostgres();
  storage = await openStorage(postgres.databaseUrl);
  names = new ImageNames(storage.pool);
}, 60_000);
afterAll(async () => {
  await storage.orm.close();
  await postgres.stop();
});

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
