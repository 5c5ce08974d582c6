import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export type DebianMirrors = Readonly<{ main: string; security?: string }>;

const DEFAULT_MIRROR = 'http://deb.debian.org/debian';

/** The mirrors that this machine's own apt uses for Debian: packages of other suites come from there as well. */
export const findDebianMirrors = async (etcApt = '/etc/apt'): Promise<DebianMirrors> => {
  const folder = join(etcApt, 'sources.list.d');
  const names = await readdir(folder).catch(() => []);
  const paths = [
    join(etcApt, 'sources.list'),
    ...names.filter((name) => /\.(list|sources)$/.test(name)).map((name) => join(folder, name)),
  ];
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8').catch(() => '')));
  return mirrorsIn(texts);
};

export const mirrorsIn = (texts: readonly string[]): DebianMirrors => {
  const urls = texts
    .flatMap((text) => text.split('\n'))
    .flatMap((line) => /^(?:deb\s+(?:\[[^\]]*\]\s+)?|URIs:\s*)(\S+)/.exec(line.trim())?.[1] ?? [])
    .map((url) => url.replace(/\/+$/, ''));
  const main = urls.find((url) => /\/debian$/.test(url)) ?? DEFAULT_MIRROR;
  const security = urls.find((url) => /debian-security$/.test(url));
  return { main, ...(security === undefined ? {} : { security }) };
};
