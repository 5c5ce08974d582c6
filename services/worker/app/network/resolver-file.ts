import { readFile } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** A host that runs systemd-resolved keeps the servers behind its stub here. */
const SOURCES = ['/etc/resolv.conf', '/run/systemd/resolve/resolv.conf'];

const ownAddresses = (): ReadonlySet<string> =>
  new Set(
    Object.values(networkInterfaces()).flatMap((addresses) =>
      (addresses ?? []).map(({ address }) => address),
    ),
  );

/** A container cannot reach the host itself, so a name server there is of no use to it. */
const isReachable = (server: string, own: ReadonlySet<string>): boolean =>
  isIPv4(server) && !server.startsWith('127.') && !server.startsWith('169.254.') && !own.has(server);

/**
 * The resolv.conf of containers: the host's own name servers where containers reach them, else `fallbackServers`.
 */
export const resolverFile = async (fallbackServers: readonly string[]): Promise<string> => {
  const own = ownAddresses();
  for (const source of SOURCES) {
    const lines = (await readFile(source, 'utf8').catch(() => '')).split('\n');
    const servers = lines
      .filter((line) => line.startsWith('nameserver'))
      .map((line) => line.split(/\s+/)[1] ?? '')
      .filter((server) => isReachable(server, own));
    if (servers.length === 0) continue;
    const rest = lines.filter((line) => /^(search|options)\s/.test(line));
    return [...servers.map((server) => `nameserver ${server}`), ...rest, ''].join('\n');
  }
  return fallbackServers.map((server) => `nameserver ${server}\n`).join('');
};
