import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { json, text } from 'node:stream/consumers';
import type { Reference } from '@slipway/image-builder-core';
import { RefusedError } from '@slipway/kernel';
import type { OciSource } from '../oci/oci-source.js';
import { MANIFEST_TYPES, type Index, type Manifest } from '../oci/oci-documents.js';
import { askRegistry, within } from './ask-registry.js';
import { anywhere, reachOf, type Reach } from './reach.js';

export type Credentials = Readonly<{ username: string; password: string }>;

const PROBE_MS = 3_000;
const SILENT_MS = 60_000;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/;

/** A registry that is there says no: the image's author must know why. */
export class RegistryRefusedError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'RegistryRefusedError';
  }
}

/** Registries over the OCI distribution protocol. One that does not answer is not asked again for a minute. */
export class Registries {
  private readonly silentUntil = new Map<string, number>();

  constructor(private readonly mirrors: Readonly<Record<string, string>>) {}

  /** The repository of a reference; undefined when its registry does not answer. */
  async open({ host, repository }: Reference, credentials?: Credentials): Promise<OciSource | undefined> {
    const base = this.baseOf(host);
    if ((this.silentUntil.get(base) ?? 0) > Date.now()) return undefined;
    try {
      const signal = AbortSignal.timeout(PROBE_MS);
      const isTrusted = host in this.mirrors || LOOPBACK.test(host);
      const reach = isTrusted ? anywhere(host, base) : await within(reachOf(host, base), signal);
      const { statusCode } = (await askRegistry(new URL(`${base}/v2/`), reach, { signal })).destroy();
      // Anything but these two is a proxy's or a wall's answer, not a registry's.
      if (statusCode !== 200 && statusCode !== 401) throw new Error(`answered ${statusCode}`);
      return new Repository(base, reach, repository, credentials);
    } catch (error) {
      if (error instanceof RefusedError) throw error;
      this.silentUntil.set(base, Date.now() + SILENT_MS);
      return undefined;
    }
  }

  private baseOf(host: string): string {
    const mirror = this.mirrors[host];
    if (mirror !== undefined) return mirror;
    if (host === 'docker.io') return 'https://registry-1.docker.io';
    return LOOPBACK.test(host) ? `http://${host}` : `https://${host}`;
  }
}

class Repository implements OciSource {
  private authorization: string | undefined;

  constructor(
    private readonly base: string,
    private readonly reach: Reach,
    private readonly repository: string,
    private readonly credentials: Credentials | undefined,
  ) {}

  get name(): string {
    return `${this.base.replace(/^https?:\/\//, '')}/${this.repository}`;
  }

  async manifest(reference: string): Promise<Manifest | Index> {
    const answer = await this.get(`manifests/${reference}`, { accept: MANIFEST_TYPES.join(', ') });
    const said = await text(answer);
    try {
      return JSON.parse(said) as Manifest | Index;
    } catch {
      throw new RegistryRefusedError(
        200,
        `${this.name}/manifests/${reference} was answered with what is no manifest`,
      );
    }
  }

  async blob(digest: string): Promise<Readable> {
    return this.get(`blobs/${digest}`, {});
  }

  private async get(path: string, headers: Record<string, string>): Promise<IncomingMessage> {
    const url = new URL(`${this.base}/v2/${this.repository}/${path}`);
    for (let attempt = 0; ; attempt += 1) {
      const answer = await askRegistry(url, this.reach, {
        headers: {
          ...headers,
          ...(this.authorization === undefined ? {} : { authorization: this.authorization }),
        },
      });
      const { statusCode = 0 } = answer;
      if (isOk(statusCode)) return answer;
      const challenge = answer.headers['www-authenticate'];
      const said = (await text(answer)).slice(0, 300);
      if (statusCode === 401 && challenge !== undefined && attempt === 0) {
        this.authorization = await this.authorize(challenge);
        continue;
      }
      throw new RegistryRefusedError(statusCode, `${this.name}/${path} was answered ${statusCode} ${said}`);
    }
  }

  /** Answers a registry's challenge: Basic at once, Bearer by a token from its realm. */
  private async authorize(challenge: string): Promise<string | undefined> {
    const basic =
      this.credentials &&
      `Basic ${Buffer.from(`${this.credentials.username}:${this.credentials.password}`).toString('base64')}`;
    if (!/^bearer/i.test(challenge)) return basic;
    const parameters = Object.fromEntries(
      [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
    );
    const realm = new URL(parameters['realm'] ?? this.base);
    if (parameters['service'] !== undefined) realm.searchParams.set('service', parameters['service']);
    realm.searchParams.set('scope', parameters['scope'] ?? `repository:${this.repository}:pull`);
    const answer = await askRegistry(
      realm,
      this.reach,
      basic === undefined ? {} : { headers: { authorization: basic } },
    );
    const { statusCode = 0 } = answer;
    if (!isOk(statusCode)) {
      answer.destroy();
      throw new RegistryRefusedError(
        statusCode,
        `${realm.host} gave no token for ${this.name}: ${statusCode}`,
      );
    }
    const { token, access_token } = (await json(answer)) as { token?: string; access_token?: string };
    return `Bearer ${token ?? access_token}`;
  }
}

const isOk = (status: number): boolean => status >= 200 && status < 300;
