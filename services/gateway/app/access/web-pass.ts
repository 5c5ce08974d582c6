import type { EnvironmentChoice, FunctionId, WorkspaceId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { readJwt, signJwt } from './jwt.js';

const LIFE_SECONDS = 10 * 60;
const USE = 'web-pass';

/** What a pass opens: the web endpoints of some environments of a workspace, or those of one function. */
export type WebPass = Readonly<
  { workspaceId: WorkspaceId } & ({ environments: EnvironmentChoice } | { functionId: FunctionId })
>;

export const issueWebPass = (signingKey: string, pass: WebPass, at: Instant): string => {
  const iat = Math.floor(at / 1000);
  return signJwt(signingKey, USE, { ...pass, iat, exp: iat + LIFE_SECONDS });
};

/** What a shown pass opens; undefined when it is not ours or is over. */
export const readWebPass = (signingKey: string, token: string, at: Instant): WebPass | undefined => {
  const claims = readJwt(signingKey, USE, token);
  if (claims === undefined || Number(claims['exp']) * 1000 <= at) return undefined;
  return claims as unknown as WebPass;
};
