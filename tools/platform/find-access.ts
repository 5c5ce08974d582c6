import { existsSync, readFileSync } from 'node:fs';
import { homeFromEnvironment } from './home.ts';

/** Where a site is asked, and with whose token. */
export type Access = Readonly<{ url: string; tokenId: string; tokenSecret: string }>;

/** The site that the environment names, or else this checkout's platform. Throws where there is neither, and where the address is none. */
export const findAccess = (environment: NodeJS.ProcessEnv = process.env): Access => {
  const kept = keptEnvironment();
  const of = (name: string): string => {
    const value = environment[name] ?? kept.get(name);
    if (value !== undefined && value !== '') return value;
    throw new Error(`${name} is not set, and no platform of this checkout says it; ./tools/up starts one`);
  };
  return {
    url: addressOf('MODAL_SERVER_URL', of('MODAL_SERVER_URL')),
    tokenId: of('MODAL_TOKEN_ID'),
    tokenSecret: of('MODAL_TOKEN_SECRET'),
  };
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
