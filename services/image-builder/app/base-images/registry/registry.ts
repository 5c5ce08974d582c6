import { Readable } from 'node:stream';
import type { Reference } from '@slipway/image-builder-core';
import type { OciSource } from '../oci/read-image.js';
import { MANIFEST_TYPES, type Index, type Manifest } from '../oci/oci-documents.js';

export type Credentials = Readonly<{ username: string; password: string }>;

const PROBE_MS = 3_000;
const SILENT_MS = 60_000;

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
      const answer = await fetch(`${base}/v2/`, { signal: AbortSignal.timeout(PROBE_MS) });
      await answer.body?.cancel();
      // Anything but these two is a proxy's or a wall's answer, not a registry's.
      if (answer.status !== 200 && answer.status !== 401) throw new Error(`answered ${answer.status}`);
    } catch {
      this.silentUntil.set(base, Date.now() + SILENT_MS);
      return undefined;
    }
    return new Repository(base, repository, credentials);
  }

  private baseOf(host: string): string {
    const mirror = this.mirrors[host];
    if (mirror !== undefined) return mirror;
    if (host === 'docker.io') return 'https://registry-1.docker.io';
    return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(host)
      ? `http://${host}`
      : `https://${host}`;
  }
}

class Repository implements OciSource {
  private authorization: string | undefined;

  constructor(
    private readonly base: string,
    private readonly repository: string,
    private readonly credentials: Credentials | undefined,
  ) {}

  get name(): string {
    return `${this.base.replace(/^https?:\/\//, '')}/${this.repository}`;
  }

  async manifest(reference: string): Promise<Manifest | Index> {
    const answer = await this.get(`manifests/${reference}`, { accept: MANIFEST_TYPES.join(', ') });
    return (await answer.json()) as Manifest | Index;
  }

  async blob(digest: string): Promise<Readable> {
    const { body } = await this.get(`blobs/${digest}`, {});
    return body ? Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]) : Readable.from([]);
  }

  private async get(path: string, headers: Record<string, string>): Promise<Response> {
    const url = `${this.base}/v2/${this.repository}/${path}`;
    for (let attempt = 0; ; attempt += 1) {
      const answer = await fetch(url, {
        headers: {
          ...headers,
          ...(this.authorization === undefined ? {} : { authorization: this.authorization }),
        },
      });
      if (answer.ok) return answer;
      const challenge = answer.headers.get('www-authenticate');
      const said = (await answer.text()).slice(0, 300);
      if (answer.status === 401 && challenge !== null && attempt === 0) {
        this.authorization = await this.authorize(challenge);
        continue;
      }
      throw new RegistryRefusedError(
        answer.status,
        `${this.name}/${path} was answered ${answer.status} ${said}`,
      );
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
    const answer = await fetch(realm, { headers: basic === undefined ? {} : { authorization: basic } });
    if (!answer.ok)
      throw new RegistryRefusedError(
        answer.status,
        `${realm.host} gave no token for ${this.name}: ${answer.status}`,
      );
    const { token, access_token } = (await answer.json()) as { token?: string; access_token?: string };
    return `Bearer ${token ?? access_token}`;
  }
}
