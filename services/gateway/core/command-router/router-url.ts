import { refuse, type Refusal } from '@slipway/kernel';

export type RouterUrlAsk = Readonly<{
  publicUrl: string;
  /** The host of the server URL as the client has it, an IPv6 address without brackets; undefined for code in a container, whose server is a socket. */
  clientHost: string | undefined;
  /** JavaScript and Go take only a text that begins with https, and then speak without TLS to a loopback address. */
  clientKind: 'python' | 'other';
}>;

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * Where a client reaches the command router: this gateway's own port. Without TLS clients agree to that only on the
 * machine itself, or through a tunnel from it.
 */
export const routerUrl = ({ publicUrl, clientHost, clientKind }: RouterUrlAsk): string | Refusal => {
  const scheme = /^(https?):\/\//.exec(publicUrl)?.[1];
  const authority = publicUrl.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  if (scheme === 'https') return `https://${authority}`;
  if (clientHost === undefined || !LOOPBACK.has(clientHost))
    return refuse(
      'unsupported',
      'router-needs-tls',
      `This server is reached without TLS at ${publicUrl}, and clients run commands in containers without TLS only when ` +
        'their server URL names localhost: give the server a certificate (GATEWAY_TLS_CERT) and an https GATEWAY_PUBLIC_URL, or use a tunnel to its own machine.',
    );
  const port = /:(\d+)$/.exec(authority)?.[1] ?? '80';
  const host = clientHost.includes(':') ? `[${clientHost}]` : clientHost;
  return `${clientKind === 'python' ? 'http' : 'https'}://${host}:${port}`;
};
