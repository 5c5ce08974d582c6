import type { WebEndpoint } from '@slipway/contracts';
import { wantsLane, webWay } from './web-way.js';

const endpoint = (kind: WebEndpoint['kind']): WebEndpoint => ({
  kind,
  http2: false,
  startupTimeoutMs: 1_000,
  exitGraceMs: 0,
  requiresProxyAuth: false,
});

describe('the way of a web request', () => {
  test('a server of the user is asked at its port, whatever the lane says', () => {
    expect(webWay(endpoint('server'), 'up')).toBe('port');
    expect(webWay(endpoint('web-server'), 'down')).toBe('port');
  });

  test.each(['asgi', 'wsgi', 'function'] as const)('%s takes the lane, and the bridge without it', (kind) => {
    expect(webWay(endpoint(kind), 'up')).toBe('lane');
    expect(webWay(endpoint(kind), 'down')).toBe('bridge');
  });

  test('only a container whose every endpoint could take the lane is given one', () => {
    expect(wantsLane({})).toBe(false);
    expect(wantsLane({ web: endpoint('asgi') })).toBe(true);
    expect(wantsLane({ webMethods: { a: endpoint('function'), b: endpoint('web-server') } })).toBe(false);
  });
});
