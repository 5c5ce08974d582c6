import { required, type Environment } from '@slipway/nest-kit';
import { environmentLine } from './environment-file.js';
import type { VendorsConfig } from './open-vendors.js';

/** What a bought worker is told is what the operator wrote down for it, by variables with this prefix. */
const WORKER_PREFIX = 'CAPACITY_PLANNER_WORKER_ENV_';

/** Which vendors may be asked: each one whose key is set. A key without what else the vendor needs, or what no worker can be told, is an error that names it. */
export const readVendorsConfig = (env: Environment): VendorsConfig => {
  const simulatedCloudUrl = env['CAPACITY_PLANNER_SIMULATED_CLOUD_URL'];
  const lambdaKey = env['CAPACITY_PLANNER_LAMBDA_KEY'];
  const digitalOceanToken = env['CAPACITY_PLANNER_DIGITALOCEAN_TOKEN'];
  return {
    ...(simulatedCloudUrl
      ? {
          simulatedCloud: {
            url: simulatedCloudUrl,
            key: required(env, 'CAPACITY_PLANNER_SIMULATED_CLOUD_KEY'),
          },
        }
      : {}),
    ...(lambdaKey
      ? {
          lambda: {
            url: env['CAPACITY_PLANNER_LAMBDA_URL'] || 'https://cloud.lambda.ai/api/v1',
            key: lambdaKey,
            sshKeyName: required(env, 'CAPACITY_PLANNER_LAMBDA_SSH_KEY'),
          },
        }
      : {}),
    ...(digitalOceanToken
      ? {
          digitalOcean: {
            url: env['CAPACITY_PLANNER_DIGITALOCEAN_URL'] || 'https://api.digitalocean.com/v2',
            token: digitalOceanToken,
            image: required(env, 'CAPACITY_PLANNER_DIGITALOCEAN_IMAGE'),
            sshKeyIds: (env['CAPACITY_PLANNER_DIGITALOCEAN_SSH_KEYS'] ?? '').split(',').filter(Boolean),
          },
        }
      : {}),
    bootstrap: {
      installCommand: env['CAPACITY_PLANNER_WORKER_INSTALL'] ?? '',
      environment: readWorkerEnvironment(env),
    },
  };
};

/** Throws VariableError where a worker could not be told one of them. */
const readWorkerEnvironment = (env: Environment): Record<string, string> => {
  const told: Record<string, string> = {};
  for (const [calledHere, value] of Object.entries(env)) {
    if (!calledHere.startsWith(WORKER_PREFIX) || value === undefined) continue;
    const name = calledHere.slice(WORKER_PREFIX.length);
    environmentLine(name, value, calledHere);
    told[name] = value;
  }
  return told;
};
