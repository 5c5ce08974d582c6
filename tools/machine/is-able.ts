import type { Finding } from './finding.ts';

/** Whether containers can run here: in Docker the runtimes are those of its images, not of this machine. */
export const isAble = (findings: readonly Finding[]): boolean => {
  const verdicts = (area: Finding['area']) =>
    findings.filter((finding) => finding.area === area).map(({ verdict }) => verdict);
  const lacks = [...verdicts('user'), ...verdicts('kernel')].includes('missing');
  const isInDocker = verdicts('user').includes('fallback');
  return !lacks && (isInDocker || verdicts('runtime').some((verdict) => verdict !== 'missing'));
};
