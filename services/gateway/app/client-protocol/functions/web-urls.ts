import {
  FunctionDefinition,
  withFields,
  type CustomDomainInfo,
  type MethodDefinition,
  type WebUrlInfo,
} from '@slipway/protocol';
import type { WebRouteRow } from '../../store/web-entities.js';
import type { WebAddresses } from '../../web-front/web-addresses.js';

export type WebUrl = Readonly<{
  webUrl: string;
  webUrlInfo: WebUrlInfo;
  customDomainInfo: CustomDomainInfo[];
}>;

/** The URLs of a function's endpoints: its own under '', others by method. */
export type WebUrls = Readonly<Record<string, WebUrl>>;

type NamedRoute = Pick<WebRouteRow, 'host' | 'method'> & Partial<Pick<WebRouteRow, 'truncated' | 'stolen'>>;

const isDomain = ({ host }: NamedRoute): boolean => host.includes('.');

/** `query` is what asks for one instance of a class, from its `/?` on. */
export const webUrls = (addresses: WebAddresses, routes: readonly NamedRoute[], query = ''): WebUrls =>
  Object.fromEntries(
    routes
      .filter((route) => !isDomain(route))
      .map((route) => [
        route.method,
        {
          webUrl: addresses.urlOf(route.host) + query,
          webUrlInfo: {
            truncated: route.truncated ?? false,
            hasUniqueHash: route.truncated ?? false,
            labelStolen: route.stolen ?? false,
          },
          customDomainInfo: routes
            .filter((other) => isDomain(other) && other.method === route.method)
            .map(({ host }) => ({ url: addresses.urlOf(host) + query })),
        },
      ]),
  );

/** A definition as clients get it back: with its URLs, which the definition that containers get does not have. */
export const withWebUrls = (raw: Buffer, urls: WebUrls): Buffer => {
  if (Object.keys(urls).length === 0) return raw;
  const definition = FunctionDefinition.decode(raw);
  const { '': own, ...ofMethods } = urls;
  const methodDefinitions: Record<string, MethodDefinition> = {};
  for (const [name, url] of Object.entries(ofMethods)) {
    const method = definition.methodDefinitions[name];
    if (method !== undefined) methodDefinitions[name] = { ...method, ...url };
  }
  const shown = FunctionDefinition.encode(
    FunctionDefinition.fromPartial({
      ...(own === undefined ? {} : definition.isServer ? { flashServiceUrls: [own.webUrl] } : own),
      methodDefinitions,
    }),
  ).finish();
  return withFields(raw, shown);
};
