import { accepted } from '@slipway/kernel';
import { parseDockerfile } from '../dockerfile/parse-dockerfile.js';
import { reachedStages } from './reached-stages.js';
import { splitStages } from './split-stages.js';

const reached = (...lines: string[]): readonly number[] =>
  reachedStages(accepted(splitStages(accepted(parseDockerfile(lines)), {}, {})).stages).map(
    ({ index }) => index,
  );

describe('the stages that are built', () => {
  test('are the last one and those below it', () => {
    expect(reached('FROM a AS base', 'FROM base AS test', 'RUN false', 'FROM Base AS last')).toEqual([0, 2]);
  });

  test('are those that it copies from, and what these stand on', () => {
    expect(
      reached('FROM a AS low', 'FROM low', 'FROM b', 'FROM c', 'COPY --from=1 /x /x', 'ADD --from=d /y /y'),
    ).toEqual([0, 1, 3]);
  });

  test('come before the stage that names them', () => {
    expect(reached('FROM a AS x', 'FROM x AS x', 'FROM b AS y', 'FROM x AS z')).toEqual([0, 1, 3]);
    expect(reached('FROM python AS python', 'COPY --from=later /x /x', 'FROM python AS later')).toEqual([
      0, 1,
    ]);
  });
});
