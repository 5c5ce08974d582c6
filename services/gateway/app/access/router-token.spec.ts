import { signJwt } from './jwt.js';
import { issueRouterToken, readRouterToken, type RouterToken } from './router-token.js';

const KEY = 'a key';
const token: RouterToken = { taskId: 'ta-1', workspaceId: 'ac-1', readable: { allBut: ['prod'] } };

test('a token says which environments its bearer may read', () => {
  expect(readRouterToken(KEY, issueRouterToken(KEY, token, 0), 1_000)).toEqual(token);
});

test('one that does not say so gets the secrets of none; one that is over or of another key is none', () => {
  const { taskId, workspaceId } = token;
  const silent = signJwt(KEY, 'command-router', { taskId, workspaceId, exp: 600 });
  expect(readRouterToken(KEY, silent, 1_000)).toEqual({ taskId, workspaceId, readable: { only: [] } });
  expect(readRouterToken(KEY, issueRouterToken(KEY, token, 0), 600_000)).toBeUndefined();
  expect(readRouterToken('another', issueRouterToken(KEY, token, 0), 1_000)).toBeUndefined();
});
