import { existsSync, readFileSync } from 'node:fs';
import { homeFromEnvironment } from './home.ts';

export type PublicApi = Readonly<{
  get: (path: string) => Promise<unknown>;
  send: (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object) => Promise<unknown>;
  /** What is answered as it is: for pages, which are no JSON. */
  text: (path: string) => Promise<string>;
  /** What is answered, as it comes: for files. */
  bytes: (path: string) => Promise<AsyncIterable<Uint8Array>>;
}>;

/** Where a site is asked, and with whose token. */
export type Access = Readonly<{ url: string; tokenId: string; tokenSecret: string }>;

/** `/v1` of the site that the environment names, or of this checkout's platform; looked for when it is asked first. Throws what the site says is wrong. */
export const openPublicApi = (given?: Access): PublicApi => {
  let access = given;
  const answered = async (method: string, path: string, body?: object): Promise<Response> => {
    access ??= findAccess();
    const { url, tokenId, tokenSecret } = access;
    const response = await fetch(new URL(`/v1${path}`, url), {
      method,
      headers: {
        authorization: `Bearer ${tokenId}:${tokenSecret}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new Error(`${url} does not answer: ${causeOf(cause)}`);
    });
    if (response.ok) return response;
    const problem = problemText(await response.text());
    throw new Error(problem ?? `${method} ${path} was answered with status ${response.status}`);
  };
  const ask = async (method: string, path: string, body?: object): Promise<string> =>
    (await answered(method, path, body)).text();
  return {
    get: async (path) => readJson(await ask('GET', path)),
    send: async (method, path, body) => readJson(await ask(method, path, body)),
    text: (path) => ask('GET', path),
    bytes: async (path) => (await answered('GET', path)).body ?? new ReadableStream(),
  };
};

const findAccess = (): Access => {
  const kept = keptEnvironment();
  const of = (name: string): string => {
    const value = process.env[name] ?? kept.get(name);
    if (value !== undefined && value !== '') return value;
    throw new Error(`${name} is not set, and no platform of this checkout says it; ./tools/up starts one`);
  };
  return {
    url: of('MODAL_SERVER_URL'),
    tokenId: of('MODAL_TOKEN_ID'),
    tokenSecret: of('MODAL_TOKEN_SECRET'),
  };
};

/** What the platform of this checkout wrote down for its clients. */
const keptEnvironment = (): ReadonlyMap<string, string> => {
  const { environmentFile } = homeFromEnvironment();
  const text = existsSync(environmentFile) ? readFileSync(environmentFile, 'utf8') : '';
  return new Map([...text.matchAll(/^export (\w+)=(\S+)$/gm)].map(([, name, value]) => [name!, value!]));
};

/** Nothing, where the answer is no JSON. */
const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const problemText = (text: string): string | undefined => {
  const problem = readJson(text) as { detail?: string; title?: string } | undefined | null;
  return problem?.detail ?? problem?.title;
};

const causeOf = (error: unknown): string => {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ?? (error instanceof Error ? error.message : String(error));
};
