import { createHmac } from 'node:crypto';

/** The link by which whoever runs the site may give tokens without having one; the gateway knows its key by the same rule. */
export const operatorLink = (gatewayUrl: string, signingKey: string): string =>
  `${gatewayUrl}/token-flow/operator?key=${createHmac('sha256', signingKey).update('operator link').digest('base64url')}`;
