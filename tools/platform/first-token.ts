import type { Access } from './find-access.ts';

/** Whether the token that the platform was made with lets anybody in: it goes with the first owner, who may be removed. */
export type FirstToken = 'valid' | 'turned-away';

export const askForFirstToken = async ({ url, tokenId, tokenSecret }: Access): Promise<FirstToken> => {
  const headers = { authorization: `Bearer ${tokenId}:${tokenSecret}` };
  // What else may be wrong is said by whoever needs the token.
  const answer = await fetch(new URL('/v1/environments', url), { headers }).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status === 401 ? 'turned-away' : 'valid';
};

/** Why the first example is not run, in words; undefined where it is. */
export const whyNoHello = (
  { hello }: Readonly<{ hello: boolean }>,
  firstToken: FirstToken,
): string | undefined => {
  if (!hello) return '--no-hello';
  return firstToken === 'valid' ? undefined : 'the first token lets nobody in any more';
};
