import { refuse, RefusedError } from '@slipway/kernel';
import { EnvironmentOfObject } from './environment-of-object.js';

const ENDED = { id: 'ta-ended', app_id: 'ap-prod', created_at: '1', ended_at: '2', reason: 'done' };

/** A scheduler that has forgotten all containers but `ta-runs`. */
const request = (name: string, { taskId, appId }: Record<string, string>) => {
  if (name === 'scheduler.get-app' && appId === 'ap-prod') return Promise.resolve({ environment: 'prod' });
  if (name === 'scheduler.get-task' && taskId === 'ta-runs') return Promise.resolve({ appId: 'ap-prod' });
  return Promise.reject(new RefusedError(refuse('not-found', 'not-here', 'It is not here.')));
};
const find = ({ id }: { id: string }) => Promise.resolve(id === ENDED.id ? ENDED : undefined);
const environments = new EnvironmentOfObject({ bus: { request }, activity: { find } } as never);

test.each([
  ['ta-runs', 'prod'],
  ['ta-ended', 'prod'],
  ['ta-nobodys', undefined],
])('the container %s is in the environment %s, however long ago it ended', async (id, environment) => {
  expect(await environments.find('ac-1', id)).toBe(environment);
});
