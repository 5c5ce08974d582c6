import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { allowedAddresses, type Reach } from './reach.js';

export type Ask = Readonly<{ headers?: Readonly<Record<string, string>>; signal?: AbortSignal }>;

const MOST_REDIRECTS = 5;
const SILENCE_MS = 5 * 60 * 1000;
const COMMON = { accept: '*/*', 'user-agent': 'slipway' };
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** GET, through redirects that stay within `reach`. A login goes to the origin that it was meant for, and no further. */
export const askRegistry = async (
  first: URL,
  reach: Reach,
  { headers = {}, signal }: Ask = {},
): Promise<IncomingMessage> => {
  let url = first;
  for (let redirects = 0; ; redirects += 1) {
    const { authorization: _login, ...others } = headers;
    const answer = await askOnce(url, reach, {
      headers: url.origin === first.origin ? headers : others,
      ...(signal ? { signal } : {}),
    });
    const { location } = answer.headers;
    if (location === undefined || !REDIRECTS.has(answer.statusCode ?? 0)) return answer;
    answer.destroy();
    if (redirects === MOST_REDIRECTS)
      throw new Error(`${first.host} redirects more than ${MOST_REDIRECTS} times`);
    url = new URL(location, url);
  }
};

const askOnce = async (url: URL, reach: Reach, ask: Ask): Promise<IncomingMessage> => {
  const addresses = await within(allowedAddresses(url, reach), ask.signal);
  const options: RequestOptions = {
    ...ask,
    headers: { ...COMMON, ...ask.headers },
    timeout: SILENCE_MS,
    // Those that were looked at are gone to: a second question could be answered otherwise.
    lookup: (host, asked, answer) => {
      const [only] = addresses;
      if (only === undefined)
        answer(Object.assign(new Error(`nobody knows ${host}`), { code: 'ENOTFOUND' }), '');
      else if (asked.all) answer(null, [...addresses]);
      else answer(null, only.address, only.family);
    },
  };
  return new Promise((resolve, reject) => {
    const asked = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, resolve);
    asked.once('timeout', () =>
      asked.destroy(new Error(`${url.host} was silent for ${SILENCE_MS / 1000} s`)),
    );
    asked.on('error', reject);
    asked.end();
  });
};

/** What is asked, unless the signal comes before it is answered. */
export const within = async <Answer>(asked: Promise<Answer>, signal?: AbortSignal): Promise<Answer> => {
  if (signal === undefined) return asked;
  let end = (): void => undefined;
  const over = new Promise<never>((_resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    end = () => signal.removeEventListener('abort', abort);
    if (signal.aborted) abort();
  });
  return Promise.race([asked, over]).finally(() => end());
};
