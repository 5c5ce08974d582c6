import { readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Logger } from '@slipway/telemetry';

const CERTIFICATE = /^(.+)\.crt$/;
/** Files are written one after the other; both are read when they are at rest. */
const AT_REST_MS = 200;

/**
 * TLS certificates by name: `<domain>.crt` and `<domain>.key` in a folder, `_.<domain>` for all names under it.
 * A change of the folder counts at once, for new connections.
 */
export class Certificates {
  private contexts: ReadonlyMap<string, SecureContext> = new Map();
  private reading: NodeJS.Timeout | undefined;

  constructor(
    private readonly folder: string,
    private readonly logger: Pick<Logger, 'info' | 'warn'>,
  ) {
    this.read();
    watch(folder, () => {
      clearTimeout(this.reading);
      this.reading = setTimeout(() => this.read(), AT_REST_MS);
    }).unref();
  }

  /** The certificate of the name, or of all names beside it. */
  find(serverName: string): SecureContext | undefined {
    const name = serverName.toLowerCase();
    return this.contexts.get(name) ?? this.contexts.get(name.replace(/^[^.]+/, '_'));
  }

  private read(): void {
    const contexts = new Map<string, SecureContext>();
    for (const file of readdirSync(this.folder)) {
      const domain = CERTIFICATE.exec(file)?.[1]?.toLowerCase();
      if (domain === undefined) continue;
      try {
        const cert = readFileSync(join(this.folder, file));
        const key = readFileSync(join(this.folder, file.replace(CERTIFICATE, '$1.key')));
        contexts.set(domain, createSecureContext({ cert, key, minVersion: 'TLSv1.2' }));
      } catch (error) {
        // The one that was read before goes on: a half-written file ends no domain.
        const before = this.contexts.get(domain);
        if (before !== undefined) contexts.set(domain, before);
        this.logger.warn({ err: error, domain }, 'the certificate cannot be read');
      }
    }
    this.contexts = contexts;
    this.logger.info({ domains: [...contexts.keys()] }, 'certificates read');
  }
}
