import type { TaskAssignment } from '@slipway/contracts';
import { buildEnvironment, containerEnvironment } from './container-environment.js';

const assignment = { taskId: 'ta-1', imageId: 'im-1', environment: 'main' } as TaskAssignment;
const worker = {};

describe('the environment of a container', () => {
  test('a secret wins over the image', () => {
    const env = containerEnvironment(
      assignment,
      { env: { KEY: 'image', ONLY: 'image' } },
      { KEY: 'secret' },
      worker,
    );
    expect(env).toMatchObject({ KEY: 'secret', ONLY: 'image' });
  });

  test('nothing that a user sets hides the worker from the client', () => {
    const env = containerEnvironment(
      assignment,
      { env: { MODAL_SERVER_URL: 'https://elsewhere' } },
      { MODAL_TASK_ID: 'ta-other' },
      worker,
    );
    expect(env).toMatchObject({
      MODAL_SERVER_URL: 'unix:///run/slipway/control.sock',
      MODAL_TASK_ID: 'ta-1',
    });
  });

  test('the client in it is told no runtime, which it would ask of every sandbox that it makes', () => {
    expect(containerEnvironment(assignment, { env: {} }, {}, worker)).not.toHaveProperty(
      'MODAL_FUNCTION_RUNTIME',
    );
  });

  test("the image's own module path comes after the user's files and the client", () => {
    expect(containerEnvironment(assignment, { env: { PYTHONPATH: '/app' } }, {}, worker)['PYTHONPATH']).toBe(
      '/root:/pkg:/app',
    );
    expect(containerEnvironment(assignment, { env: {} }, {}, worker)['PYTHONPATH']).toBe('/root:/pkg');
  });

  test("the image's PATH is kept", () => {
    expect(containerEnvironment(assignment, { env: { PATH: '/opt/bin' } }, {}, worker)['PATH']).toBe(
      '/opt/bin',
    );
  });

  test('a build step sees nothing of a task', () => {
    expect(Object.keys(buildEnvironment({ A: '1' }, {})).filter((name) => name.startsWith('MODAL_'))).toEqual(
      [],
    );
  });
});
