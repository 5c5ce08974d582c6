import { webHost, type WebHost } from '@slipway/gateway-core';
import type { GatewayConfig } from '../config.js';

const MOST_REMEMBERED = 10_000;

/** Whom a request is for, by the host that it names. Names come again and again, so what they mean is remembered. */
export class WebHosts {
  private readonly known = new Map<string, WebHost>();
  private readonly ownHosts: ReadonlySet<string>;

  constructor(private readonly config: Pick<GatewayConfig, 'publicUrl' | 'webDomain'>) {
    this.ownHosts = new Set([new URL(config.publicUrl).hostname]);
  }

  read(header: string | undefined): WebHost {
    const known = header === undefined ? undefined : this.known.get(header);
    if (known !== undefined) return known;
    const host = webHost(header, this.config.webDomain, this.ownHosts);
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    if (header !== undefined) this.known.set(header, host);
    return host;
  }
}
