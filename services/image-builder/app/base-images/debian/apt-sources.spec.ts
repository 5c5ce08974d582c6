import { mirrorsIn } from './apt-sources.js';

describe('the mirrors of this machine', () => {
  test('are read from either form of source lines', () => {
    expect(mirrorsIn(['deb [signed-by=/x] http://mirror.example/debian bookworm main'])).toEqual({
      main: 'http://mirror.example/debian',
    });
    expect(
      mirrorsIn([
        'Types: deb\nURIs: http://a.example/debian/\nSuites: x',
        'URIs: http://a.example/debian-security\n',
      ]),
    ).toEqual({ main: 'http://a.example/debian', security: 'http://a.example/debian-security' });
  });
  test('are the public ones where none is named', () => {
    expect(mirrorsIn(['# nothing']).main).toBe('http://deb.debian.org/debian');
  });
});
