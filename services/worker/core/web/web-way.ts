import type { WebEndpoint, WebEndpoints } from '@slipway/contracts';

/**
 * How a container's app is spoken to: at the port where the user's own server listens, through the ASGI server that we bring
 * along, or in the client's own words, one input a request.
 */
export type WebWay = 'port' | 'lane' | 'bridge';

/** The user's own server has a port; all others come by the lane once it has said that it is there. */
export const webWay = ({ kind }: Pick<WebEndpoint, 'kind'>, lane: 'up' | 'down'): WebWay => {
  switch (kind) {
    case 'web-server':
    case 'server':
      return 'port';
    case 'asgi':
    case 'wsgi':
    case 'function':
      return lane === 'up' ? 'lane' : 'bridge';
    default:
      return kind satisfies never;
  }
};

export const webEndpoints = ({ web, webMethods = {} }: WebEndpoints): readonly WebEndpoint[] => [
  ...(web === undefined ? [] : [web]),
  ...Object.values(webMethods),
];

/** Whether a container is given the ASGI server to try. */
export const wantsLane = (offered: WebEndpoints): boolean => {
  const endpoints = webEndpoints(offered);
  return endpoints.length > 0 && endpoints.every((endpoint) => webWay(endpoint, 'up') === 'lane');
};
