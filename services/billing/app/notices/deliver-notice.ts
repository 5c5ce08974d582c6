import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { webhookHeaders } from './sign-webhook.js';

const TIMEOUT_MS = 10_000;

export type Notice = Readonly<{
  noticeId: string;
  type: string;
  data: unknown;
  at: number;
  webhook: Readonly<{ url: string; secret: string }>;
}>;

/** The body is a CloudEvent; the same for every try. */
const bodyOf = ({ noticeId, type, data, at }: Notice): string =>
  JSON.stringify({
    specversion: '1.0',
    id: noticeId,
    source: '/v1/billing',
    type: `slipway.billing.${type}`,
    time: new Date(at).toISOString(),
    datacontenttype: 'application/json',
    data,
  });

/** Posts a notice to its webhook, at the address that `addressOf` found for its host. Throws where it is not accepted with a 2xx. */
export const deliverNotice = async (
  notice: Notice,
  addressOf: (host: string) => Promise<string>,
  now: number,
): Promise<void> => {
  const url = new URL(notice.webhook.url);
  const address = await addressOf(url.hostname);
  const body = bodyOf(notice);
  const atSeconds = Math.floor(now / 1000);
  const headers = webhookHeaders(notice.webhook.secret, { id: notice.noticeId, atSeconds, body });
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  await new Promise<void>((resolve, reject) => {
    const sent = send(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        timeout: TIMEOUT_MS,
        // Of silence; this one is for all of it: who answers a byte at a time holds up no other notice.
        signal: AbortSignal.timeout(TIMEOUT_MS),
        // The address that was looked at is the one that is gone to.
        lookup: (_host, options, answer) => {
          const family = address.includes(':') ? 6 : 4;
          if (options.all) answer(null, [{ address, family }]);
          else answer(null, address, family);
        },
      },
      (response) => {
        response.on('error', () => undefined).destroy();
        const { statusCode = 0 } = response;
        if (statusCode >= 200 && statusCode < 300) resolve();
        else reject(new Error(`${url.host} answered ${statusCode}`));
      },
    );
    sent.once('timeout', () => sent.destroy(new Error(`${url.host} did not answer within ${TIMEOUT_MS} ms`)));
    sent.on('error', reject);
    sent.end(body);
  });
};
