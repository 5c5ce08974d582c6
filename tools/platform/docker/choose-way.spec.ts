import { chooseWay, type Situation } from './choose-way.ts';

const bare: Situation = {
  asked: false,
  before: undefined,
  missing: ['mmdebstrap', 'runc'],
  canInstall: true,
  mayIsolate: true,
  compose: { missing: 'no Docker engine answers' },
};
const compose = { words: ['docker', 'compose'] };

describe('the platform runs', () => {
  test('as processes where what is missing can be installed, Docker or not', () => {
    expect(chooseWay(bare)).toEqual({ kind: 'here' });
    expect(chooseWay({ ...bare, compose })).toEqual({ kind: 'here' });
  });

  test('as processes where nothing is missing, though nobody could install it', () => {
    expect(chooseWay({ ...bare, missing: [], canInstall: false })).toEqual({ kind: 'here' });
  });

  test('in Docker where something is missing that cannot be installed', () => {
    expect(chooseWay({ ...bare, canInstall: false, compose })).toEqual({
      kind: 'docker',
      compose: compose.words,
      because: 'missing here: mmdebstrap runc',
    });
  });

  test('in Docker where nothing is missing, and workers may not isolate containers', () => {
    expect(chooseWay({ ...bare, missing: [], mayIsolate: false, compose })).toEqual({
      kind: 'docker',
      compose: compose.words,
      because: 'workers need root',
    });
  });

  test('in Docker when that is asked for, and from then on', () => {
    expect(chooseWay({ ...bare, asked: true, compose }).kind).toBe('docker');
    expect(chooseWay({ ...bare, before: 'docker', compose }).kind).toBe('docker');
  });
});

describe('it is refused', () => {
  test('where nothing can be installed and no engine answers, with both ways out', () => {
    expect(() => chooseWay({ ...bare, canInstall: false })).toThrow(/mmdebstrap runc[^]*start Docker/);
  });

  test('where workers need root and no engine answers', () => {
    expect(() => chooseWay({ ...bare, missing: [], mayIsolate: false })).toThrow(/only root[^]*start Docker/);
  });

  test('to ask for Docker where no engine answers', () => {
    expect(() => chooseWay({ ...bare, asked: true })).toThrow('no Docker engine answers');
    expect(() => chooseWay({ ...bare, before: 'docker' })).toThrow('no Docker engine answers');
  });

  test('to go into Docker while processes run', () => {
    expect(() => chooseWay({ ...bare, before: 'here', asked: true, compose })).toThrow('./tools/down');
  });
});
