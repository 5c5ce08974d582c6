import { checkToken, type KnownToken } from './check-token.js';

const token: KnownToken = {
  tokenId: 'ak-1',
  workspaceId: 'ac-1',
  workspaceName: 'main',
  defaultEnvironment: 'main',
  principal: { principalId: 'us-1', kind: 'member', name: 'ada', role: 'owner' },
  environmentRoles: {},
  roleElsewhere: 'contributor',
};

test('a right secret of a living token lets its caller in, with its workspace', () => {
  expect(checkToken({ token, secretMatches: true, at: 10 })).toEqual({ kind: 'token', ...token });
});

test('an unknown token and a wrong secret get the same answer', () => {
  const unknown = checkToken({ token: undefined, secretMatches: false, at: 10 });
  expect(unknown).toMatchObject({ refused: 'unauthenticated', code: 'token-wrong' });
  expect(checkToken({ token, secretMatches: false, at: 10 })).toEqual(unknown);
});

test('a token ends at the moment that it names, and when it is revoked', () => {
  expect(checkToken({ token: { ...token, expiresAt: 11 }, secretMatches: true, at: 10 })).toMatchObject({
    kind: 'token',
  });
  expect(checkToken({ token: { ...token, expiresAt: 10 }, secretMatches: true, at: 10 })).toMatchObject({
    code: 'token-expired',
  });
  expect(checkToken({ token: { ...token, revokedAt: 9 }, secretMatches: true, at: 10 })).toMatchObject({
    code: 'token-revoked',
  });
});

test('a disabled token lets nobody in', () => {
  expect(checkToken({ token: { ...token, disabledAt: 1 }, secretMatches: true, at: 10 })).toMatchObject({
    code: 'token-disabled',
  });
});

test('a wrong secret learns nothing of a revoked token', () => {
  expect(checkToken({ token: { ...token, revokedAt: 9 }, secretMatches: false, at: 10 })).toMatchObject({
    code: 'token-wrong',
  });
});
