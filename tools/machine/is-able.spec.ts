import type { Finding } from './finding.ts';
import { isAble } from './is-able.ts';
import { judgeUser, type SeenUser } from './judge-user.ts';

const root: SeenUser = { isRoot: true };
const withDocker: SeenUser = { isRoot: false, compose: { words: ['docker', 'compose'] } };
const alone: SeenUser = { isRoot: false, compose: { missing: 'no Docker engine answers' } };

const found = (area: Finding['area'], verdict: Finding['verdict']): Finding => ({
  area,
  verdict,
  ...{ name: '', found: '', meaning: '' },
});
const machine = [
  found('kernel', 'good'),
  found('kernel', 'fallback'),
  found('runtime', 'missing'),
  found('runtime', 'good'),
  found('gpu', 'missing'),
];
const without = (area: Finding['area']) => [
  ...machine.filter((finding) => finding.area !== area),
  found(area, 'missing'),
];

describe('a machine is able', () => {
  test.each([
    ['for root', root, machine, true],
    ['for another with Docker', withDocker, machine, true],
    ['for nobody else, whatever it has', alone, machine, false],
    ['for root with a runtime alone', root, without('runtime'), false],
    ['in Docker without a runtime of its own', withDocker, without('runtime'), true],
    ['with what the kernel must have alone', withDocker, without('kernel'), false],
  ])('%s', (_, user, findings, able) => {
    expect(isAble([judgeUser(user), ...findings])).toBe(able);
  });
});

test('who is not root is told what to do', () => {
  expect(judgeUser(alone).meaning).toBe(
    'workers need root: run ./tools/up as root, or start Docker, where the platform can run as well (now no Docker engine answers)',
  );
  expect(judgeUser(withDocker).meaning).toContain('./tools/up runs the platform in Docker');
});
