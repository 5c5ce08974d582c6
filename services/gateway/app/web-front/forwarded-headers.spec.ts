import type { IncomingMessage } from 'node:http';
import { requestHeaders } from './forwarded-headers.js';

const asked = (rawHeaders: readonly string[]): IncomingMessage =>
  ({ rawHeaders, headers: { host: 'shop.localhost' }, socket: { remoteAddress: '10.0.0.9' } }) as never;

const sent = (...rawHeaders: string[]): string[] =>
  requestHeaders(asked(rawHeaders), { method: '', key: 'k', requestId: 'rq-1' });

const valuesOf = (flat: readonly string[], name: string): string[] =>
  flat.filter((_, index) => index % 2 === 1 && flat[index - 1] === name);

describe('headers of a request on its way to a container', () => {
  test('cookies that came in pieces go on as one header', () => {
    expect(valuesOf(sent('cookie', 'a=1', 'accept', '*/*', 'cookie', 'b=2'), 'cookie')).toEqual(['a=1; b=2']);
  });

  test('other headers keep their order and their repeats', () => {
    expect(sent('x-b', '1', 'x-a', '2', 'x-b', '3').slice(2, 8)).toEqual([
      'x-b',
      '1',
      'x-a',
      '2',
      'x-b',
      '3',
    ]);
  });

  test('what opened the gateway, and what only it may say, stays here', () => {
    const flat = sent('modal-secret', 'ws-1', 'x-slipway-key', 'mine', 'x-forwarded-for', '1.2.3.4');
    expect(valuesOf(flat, 'modal-secret')).toEqual([]);
    expect(valuesOf(flat, 'x-slipway-key')).toEqual(['k']);
    expect(valuesOf(flat, 'x-forwarded-for')).toEqual(['10.0.0.9']);
  });

  test.each(['Authorization', 'proxy-authorization'])('a proxy token in %s stays here too', (name) => {
    expect(valuesOf(sent(name, 'Bearer wk-1.ws-2'), name)).toEqual([]);
    expect(valuesOf(sent(name, "Bearer of-the-app's-own"), name)).toEqual(["Bearer of-the-app's-own"]);
  });
});
