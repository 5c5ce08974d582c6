import type { FoundCompose } from '../platform/docker/find-compose.ts';
import type { Finding } from './finding.ts';

/** Who asks: root, or another, who has Docker or has not. */
export type SeenUser = Readonly<{ isRoot: true } | { isRoot: false; compose: FoundCompose }>;

/** Whether workers may isolate containers for this user, which only root may, in the words of the doctor. */
export const judgeUser = (seen: SeenUser): Finding => {
  if (seen.isRoot) return finding('good', 'root', 'workers isolate containers, which only root may');
  return 'words' in seen.compose
    ? finding(
        'fallback',
        'not root, with Docker',
        'workers need root: ./tools/up runs the platform in Docker; as root it runs without',
      )
    : finding(
        'missing',
        'not root',
        `workers need root: run ./tools/up as root, or start Docker, where the platform can run as well (now ${seen.compose.missing})`,
      );
};

const finding = (verdict: Finding['verdict'], found: string, meaning: string): Finding => ({
  area: 'user',
  name: 'user',
  verdict,
  found,
  meaning,
});
