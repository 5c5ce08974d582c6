import { readFile } from 'node:fs/promises';
import type { Environment } from '@slipway/nest-kit';
import { runCommand } from './command.js';

/** Where this site's certificates lie in every image. */
export const SITE_CA_PATH = '/usr/local/share/slipway/site-ca.crt';
const SYSTEM_CA_PATH = '/etc/ssl/certs/ca-certificates.crt';

const PASSED_ON =
  /^(https?_proxy|no_proxy|all_proxy|pip_(index_url|extra_index_url|trusted_host|default_timeout|retries|no_index)|uv_(index_url|default_index|index|extra_index_url|insecure_host|http_timeout)|npm_config_(registry|noproxy|proxy|https_proxy|strict_ssl))$/i;
const NAMES_CA_FILE =
  /^(SSL_CERT_FILE|PIP_CERT|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS|GIT_SSL_CAINFO|AWS_CA_BUNDLE)$/;
const PIP_SETTINGS: Readonly<Record<string, string>> = {
  'index-url': 'PIP_INDEX_URL',
  'extra-index-url': 'PIP_EXTRA_INDEX_URL',
  'trusted-host': 'PIP_TRUSTED_HOST',
  proxy: 'PIP_PROXY',
  timeout: 'PIP_DEFAULT_TIMEOUT',
};

export type SiteSetup = Readonly<{
  /** For RUN steps: mirrors, proxies, and where the certificates are. */
  env: Readonly<Record<string, string>>;
  caBundle?: Buffer;
  /** Lines of apt's configuration that name proxies. */
  aptProxies: string;
}>;

/** What this machine's package tools are told of mirrors, proxies and certificates: builds are told the same. */
export const readSiteSetup = async (hostEnv: Environment, python: string): Promise<SiteSetup> => {
  const caPath = hostEnv['SSL_CERT_FILE'] ?? hostEnv['PIP_CERT'] ?? SYSTEM_CA_PATH;
  const caBundle = await readFile(caPath).catch(() => undefined);
  // Builds run as root, which pip need not mention each time.
  const env: Record<string, string> = { PIP_ROOT_USER_ACTION: 'ignore' };
  for (const line of (await quietly(python, ['-m', 'pip', 'config', 'list'], hostEnv)).split('\n')) {
    const [, name = '', value = ''] = /^(?:global|install|:env:)\.([\w-]+)='(.*)'$/.exec(line) ?? [];
    const variable = PIP_SETTINGS[name];
    if (variable !== undefined) env[variable] = value.replaceAll('\\n', ' ').trim();
  }
  for (const [name, value] of Object.entries(hostEnv)) {
    if (value === undefined) continue;
    if (PASSED_ON.test(name)) env[name] = value;
    else if (caBundle && NAMES_CA_FILE.test(name)) env[name] = SITE_CA_PATH;
  }
  if (caBundle)
    for (const name of [
      'SSL_CERT_FILE',
      'PIP_CERT',
      'REQUESTS_CA_BUNDLE',
      'CURL_CA_BUNDLE',
      'NODE_EXTRA_CA_CERTS',
    ])
      env[name] = SITE_CA_PATH;
  const aptProxies = (await quietly('apt-config', ['dump'], hostEnv))
    .split('\n')
    .filter((line) => /^Acquire::(http|https|ftp)::proxy/i.test(line) && !line.endsWith('"";'))
    .join('\n');
  return { env, aptProxies, ...(caBundle ? { caBundle } : {}) };
};

const quietly = (program: string, args: readonly string[], env: Environment): Promise<string> =>
  runCommand(program, args, { env }).catch(() => '');
