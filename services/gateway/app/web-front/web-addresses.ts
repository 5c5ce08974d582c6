import { refuseCustomDomain } from '@slipway/gateway-core';
import type { Refusal } from '@slipway/kernel';
import type { GatewayConfig } from '../config.js';

/** Where users find a web endpoint, by its label or its own domain. */
export class WebAddresses {
  private readonly protocol: string;
  private readonly port: string;

  constructor(private readonly config: Pick<GatewayConfig, 'publicUrl' | 'webDomain'>) {
    const { protocol, port } = new URL(config.publicUrl);
    this.protocol = protocol;
    this.port = port === '' ? '' : `:${port}`;
  }

  /** Why a name cannot be somebody's own domain. */
  refuseDomain(name: string): Refusal | undefined {
    const { publicUrl, webDomain } = this.config;
    return refuseCustomDomain(name, { webDomain, apiHost: new URL(publicUrl).hostname });
  }

  urlOf(host: string): string {
    const name = host.includes('.') ? host : `${host}.${this.config.webDomain}`;
    return `${this.protocol}//${name}${this.port}`;
  }
}
