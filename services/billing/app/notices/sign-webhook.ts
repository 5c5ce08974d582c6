import { createHmac } from 'node:crypto';

/** The headers that Standard Webhooks asks for: whoever has the secret can tell that it was sent by us, and when. */
export const webhookHeaders = (
  secret: string,
  { id, atSeconds, body }: Readonly<{ id: string; atSeconds: number; body: string }>,
): Readonly<Record<string, string>> => {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${atSeconds}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(atSeconds),
    'webhook-signature': `v1,${signature}`,
  };
};
