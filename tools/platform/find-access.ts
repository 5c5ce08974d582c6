import { existsSync, readFileSync } from 'node:fs';
import { homeFromEnvironment } from './home.ts';

/** Where a site is asked, and with whose token. */
export type Access = Readonly<{ url: string; tokenId: string; tokenSecret: string }>;

const NAMES = ['MODAL_SERVER_URL', 'MODAL_TOKEN_ID', 'MODAL_TOKEN_SECRET'] as const;

/**
 * The site that the environment names, or else this checkout's platform: a token of the one is not shown to the other. Throws where
 * there is neither, where one is named in part, and where the address is none.
 */
export const findAccess = (
  environment: NodeJS.ProcessEnv = process.env,
  kept: ReadonlyMap<string, string> = keptEnvironment(),
): Access => {
  const isNamed = NAMES.some((name) => environment[name]);
  const [url, tokenId, tokenSecret] = NAMES.map((name) => (isNamed ? environment[name] : kept.get(name)));
  if (url && tokenId && tokenSecret) return { url: addressOf(NAMES[0], url), tokenId, tokenSecret };
  if (!isNamed && url)
    throw new Error(
      `the token that ${url} was made with lets nobody in any more: set ${NAMES.join(', ')} with one of yours`,
    );
  if (!isNamed) throw new Error(`no site is named by ${NAMES[0]}, nor kept here; ./tools/up starts one`);
  const missing = NAMES.filter((name) => !environment[name]).join(' and ');
  throw new Error(`a site is named by ${NAMES.join(', ')} together, and here without ${missing}`);
};

/** Of `localhost:18080` the host reads as a scheme, so the scheme is looked at too. */
const addressOf = (name: string, value: string): string => {
  if (/^https?:$/.test(URL.parse(value)?.protocol ?? '')) return value;
  throw new Error(`${name} is ${value}; it is an address with http or https, such as http://127.0.0.1:18080`);
};

/** What the platform of this checkout wrote down for its clients. */
const keptEnvironment = (): ReadonlyMap<string, string> => {
  const { environmentFile } = homeFromEnvironment();
  const text = existsSync(environmentFile) ? readFileSync(environmentFile, 'utf8') : '';
  return new Map([...text.matchAll(/^export (\w+)=(\S+)$/gm)].map(([, name, value]) => [name!, value!]));
};
