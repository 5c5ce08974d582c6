import { forwardedHeaders, forwardedTrailers } from './forwarded-headers.js';

describe('headers on their way through the relay', () => {
  test('keep their order, their spelling and their repeats', () => {
    const cookies = ['Set-Cookie', 'a=1', 'X-Other', 'y', 'set-cookie', 'b=2'];
    expect(forwardedHeaders(cookies)).toEqual(cookies);
  });

  test('lose what counts for one connection alone, and what that connection names', () => {
    expect(
      forwardedHeaders([
        'Connection',
        'close, X-Mine',
        'X-Mine',
        '1',
        'Keep-Alive',
        'timeout=5',
        'X-Yours',
        '2',
      ]),
    ).toEqual(['X-Yours', '2']);
  });

  test('lose what only the platform may say', () => {
    expect(
      forwardedHeaders(['x-slipway-key', 'secret', 'X-Slipway-Outcome', 'user', 'accept', '*/*']),
    ).toEqual(['accept', '*/*']);
  });

  test('keep what says where the body ends, whatever Connection says', () => {
    expect(forwardedHeaders(['connection', 'content-length', 'content-length', '3'])).toEqual([
      'content-length',
      '3',
    ]);
  });

  test('behind the body lose what says how it is framed too', () => {
    const trailers = ['TE', 'x', 'Transfer-Encoding', 'chunked', 'Content-Length', '3', 'Keep-Alive', '1'];
    expect(forwardedTrailers([...trailers, 'X-Slipway-Outcome', 'user', 'X-Sum', '42'])).toEqual([
      'X-Sum',
      '42',
    ]);
  });
});
