import { randomBytes } from 'node:crypto';
import type { Home } from './home.ts';
import { readJson, writeJson } from './json-file.ts';

/** Made once for a home. Every value begins with a letter, for NATS reads a leading digit as a number. */
export type Secrets = Readonly<{
  postgresPassword: string;
  natsPassword: string;
  redisPassword: string;
  /** 32 bytes, hexadecimal. */
  masterKey: string;
  signingKey: string;
  internalKey: string;
  /** Opens the simulated vendors' API, where there is one. */
  simulatedCloudKey: string;
  tokenId: string;
  tokenSecret: string;
}>;

const freshSecrets = (): Secrets => {
  const random = (bytes: number) => randomBytes(bytes).toString('hex');
  return {
    postgresPassword: `pg${random(18)}`,
    natsPassword: `nats${random(18)}`,
    redisPassword: `redis${random(18)}`,
    masterKey: random(32),
    signingKey: random(32),
    internalKey: random(32),
    simulatedCloudKey: random(32),
    tokenId: `ak-${random(11)}`,
    tokenSecret: `as-${random(16)}`,
  };
};

/** The secrets of this home, made on the first call and kept readable by their owner alone. */
export const keepSecrets = (home: Home): Secrets => {
  const fresh = freshSecrets();
  const kept = readJson<Partial<Secrets>>(home.secretsFile);
  const secrets = { ...fresh, ...kept };
  if (kept && Object.keys(fresh).every((name) => name in kept)) return secrets;
  writeJson(home.secretsFile, secrets, 0o600);
  return secrets;
};
