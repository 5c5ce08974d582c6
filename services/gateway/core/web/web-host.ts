/** What the host of a request stands for: this gateway's own API, a label of the web domain, or perhaps a custom domain. */
export type WebHost =
  | Readonly<{ kind: 'api' }>
  | Readonly<{ kind: 'label'; host: string }>
  | Readonly<{ kind: 'domain'; host: string }>;

/** The longest name of the DNS, and a port. */
const LONGEST_HOST_CHARACTERS = 260;

const API: WebHost = { kind: 'api' };
const ADDRESS = /^\[|^\d+\.\d+\.\d+\.\d+$/;

/** Reads a Host header or an :authority. `ownHosts` are names under which the API itself is reached. */
export const webHost = (
  header: string | undefined,
  domain: string,
  ownHosts: ReadonlySet<string>,
): WebHost => {
  if (header === undefined || header.length > LONGEST_HOST_CHARACTERS) return API;
  const host = withoutPort(header).toLowerCase().replace(/\.$/, '');
  if (host.endsWith(`.${domain}`) && host.length > domain.length + 1) {
    const label = host.slice(0, -domain.length - 1);
    return ownHosts.has(host) ? API : { kind: 'label', host: label };
  }
  if (host === domain || ownHosts.has(host) || ADDRESS.test(host) || !host.includes('.')) return API;
  return { kind: 'domain', host };
};

const withoutPort = (host: string): string => (host.startsWith('[') ? host : host.replace(/:\d*$/, ''));
