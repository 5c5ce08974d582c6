import type { LayerRef } from '@slipway/contracts';
import type { PlannedStep } from '../plan/planned-step.js';
import { secretIdentity, type FingerprintedSecrets } from './secret-identity.js';

/** Where the chain of a stage begins: the layers below. */
export const baseChainText = (layers: readonly LayerRef[]): string =>
  JSON.stringify(['base', layers.map(({ digest }) => digest)]);

/**
 * What makes two steps the same: all that was done below, and what this one does. The sha256 of this text names the step,
 * so images with an equal beginning share their layers. Secrets are read by a step, so such steps are shared within a workspace only.
 */
export const stepChainText = (
  below: string,
  step: PlannedStep,
  { workspaceId, ...secrets }: FingerprintedSecrets & Readonly<{ workspaceId: string }>,
): string =>
  JSON.stringify([
    'step',
    below,
    step.secretIds.length > 0 ? workspaceId : null,
    step.env,
    step.workdir,
    step.user ?? null,
    contentOf(step, secrets),
  ]);

const contentOf = (step: PlannedStep, secrets: FingerprintedSecrets): unknown => {
  switch (step.action.kind) {
    case 'run':
      return [
        'run',
        step.action.argv,
        step.secretIds.map((secretId) => secretIdentity(secrets, secretId)),
        step.gpu ? [step.gpu.type, step.gpu.count] : null,
      ];
    case 'copy-files':
      return [
        'copy',
        step.action.files.map(({ filename, digest, mode }) => [filename, digest, mode ?? null]),
        step.action.sources,
        step.action.destination,
        step.action.chown ?? null,
        step.action.chmod ?? null,
      ];
    case 'copy-layers':
      return [
        'copy',
        step.action.layers.map(({ digest }) => digest),
        step.action.sources,
        step.action.destination,
        step.action.chown ?? null,
        step.action.chmod ?? null,
      ];
    default:
      return step.action satisfies never;
  }
};
