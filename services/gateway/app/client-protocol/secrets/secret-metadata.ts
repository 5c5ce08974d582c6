import { SecretMetadata } from '@slipway/protocol';
import type { SecretRow } from '../../store/entities.js';

/** Names of the variables, never values. */
export const secretMetadata = (row: SecretRow): SecretMetadata =>
  SecretMetadata.fromPartial({
    name: row.name ?? '',
    creationInfo: { createdAt: row.createdAt / 1000, createdBy: row.createdBy },
    keys: row.keys,
    environmentName: row.environment,
    lastUsedAt: (row.lastUsedAt ?? 0) / 1000,
  });
