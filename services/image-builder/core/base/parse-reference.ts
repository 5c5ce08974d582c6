export type Reference = Readonly<{ host: string; repository: string; reference: string }>;

/** Takes an image's name apart as Docker does: no host means docker.io, no tag means latest. */
export const parseReference = (name: string): Reference | undefined => {
  const match = /^(?:([^/]+)\/)?([a-z0-9._/-]+?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(
    name,
  );
  if (!match) return undefined;
  const [, first, rest = '', tag, digest] = match;
  const isHost = first !== undefined && (/[.:]/.test(first) || first === 'localhost');
  const repository = first === undefined || isHost ? rest : `${first}/${rest}`;
  const host = isHost ? first : 'docker.io';
  return {
    host,
    repository: host === 'docker.io' && !repository.includes('/') ? `library/${repository}` : repository,
    reference: digest ?? tag ?? 'latest',
  };
};
