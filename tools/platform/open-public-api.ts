import { setTimeout as pause } from 'node:timers/promises';
import { askPatiently, type Wait } from './ask-patiently.ts';
import { findAccess, type Access } from './find-access.ts';

export type PublicApi = Readonly<{
  get: (path: string) => Promise<unknown>;
  send: (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object) => Promise<unknown>;
  /** What is answered as it is: for pages, which are no JSON. */
  text: (path: string) => Promise<string>;
  /** What is answered, as it comes: for files. */
  bytes: (path: string) => Promise<AsyncIterable<Uint8Array>>;
}>;

/** `/v1` of the site that the environment names, or of this checkout's platform; looked for when it is asked first. Throws what the site says is wrong. */
export const openPublicApi = (given?: Access, wait: Wait = waitAloud): PublicApi => {
  let access = given;
  const sent = async (method: string, path: string, body?: object): Promise<Response> => {
    access ??= findAccess();
    const { url, tokenId, tokenSecret } = access;
    return fetch(new URL(`/v1${path}`, url), {
      method,
      headers: {
        authorization: `Bearer ${tokenId}:${tokenSecret}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new Error(`${url} does not answer: ${causeOf(cause)}`);
    });
  };
  /** What is only read is asked for again when the site says so; what is to be done is not. */
  const answered = async (method: string, path: string, body?: object): Promise<Response> => {
    const send = (): Promise<Response> => sent(method, path, body);
    const response = method === 'GET' ? await askPatiently(send, wait) : await send();
    if (response.ok) return response;
    const problem = problemText(await response.text());
    throw new Error(problem ?? `${method} ${path} was answered with status ${response.status}`);
  };
  const ask = async (method: string, path: string, body?: object): Promise<string> =>
    (await answered(method, path, body)).text();
  return {
    get: async (path) => {
      const answer = readJson(await ask('GET', path));
      if (answer !== undefined) return answer;
      throw new Error(`GET ${path} was answered with no JSON: is MODAL_SERVER_URL the address of a site?`);
    },
    send: async (method, path, body) => readJson(await ask(method, path, body)),
    text: (path) => ask('GET', path),
    bytes: async (path) => (await answered('GET', path)).body ?? new ReadableStream(),
  };
};

/** On standard error, for standard output is what was asked for. */
const waitAloud: Wait = async (ms) => {
  console.error(`  asked too often; going on in ${ms / 1000} s`);
  await pause(ms);
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
