import type { WorkspaceId } from '@slipway/contracts';
import { needsProof, proofName, refuseCustomDomain, refuseDomainClaim } from '@slipway/gateway-core';
import type { Refusal } from '@slipway/kernel';
import type { GatewayConfig } from '../config.js';
import type { TextRecords } from './text-records.js';

/** Where users find a web endpoint, by its label or its own domain. */
export class WebAddresses {
  private readonly protocol: string;
  private readonly port: string;

  constructor(
    private readonly config: Pick<GatewayConfig, 'publicUrl' | 'webDomain' | 'domainProof'>,
    private readonly textRecords: TextRecords,
  ) {
    const { protocol, port } = new URL(config.publicUrl);
    this.protocol = protocol;
    this.port = port === '' ? '' : `:${port}`;
  }

  /** Why a name cannot be somebody's own domain. */
  refuseDomain(name: string): Refusal | undefined {
    const { publicUrl, webDomain } = this.config;
    return refuseCustomDomain(name, { webDomain, apiHost: new URL(publicUrl).hostname });
  }

  /** Why a workspace may not have a domain, which another one may hold. */
  async refuseClaim(
    domain: string,
    workspaceId: WorkspaceId,
    heldBy: WorkspaceId | undefined,
  ): Promise<Refusal | undefined> {
    const claim = { domain, workspaceId, heldBy, proof: this.config.domainProof };
    const texts = needsProof(claim) ? await this.textRecords(proofName(domain)) : [];
    return refuseDomainClaim({ ...claim, texts });
  }

  urlOf(host: string): string {
    const name = host.includes('.') ? host : `${host}.${this.config.webDomain}`;
    return `${this.protocol}//${name}${this.port}`;
  }
}
