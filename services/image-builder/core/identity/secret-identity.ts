import type { ImageDefinition, SecretId } from '@slipway/contracts';

export type FingerprintedSecrets = Pick<ImageDefinition, 'secretFingerprints'>;

/** A secret's part in what makes two builds the same: which one it is, or, without a name, what it holds. */
export const secretIdentity = ({ secretFingerprints }: FingerprintedSecrets, secretId: SecretId): string =>
  secretFingerprints?.[secretId] ?? secretId;
