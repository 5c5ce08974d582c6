import { renderTable } from '../terminal/table.ts';
import { count, percent } from './figures.ts';
import type { LessonsAnswer } from './plan-answers.ts';

export const lessonsTable = ({ items }: LessonsAnswer): string =>
  items.length === 0
    ? '  Nothing was ever started, so nothing was learnt.'
    : renderTable(
        [
          'OFFER',
          'STARTS',
          'SUCCEEDED',
          'REFUSED IN A ROW',
          'LEFT ALONE UNTIL',
          'NO MORE THAN',
          'BELIEVED UNTIL',
        ],
        items.map((lesson) => [
          lesson.offerId,
          count(lesson.starts),
          lesson.starts === 0 ? '-' : percent(lesson.successes / lesson.starts),
          String(lesson.refusalsInARow),
          lesson.restsUntilAt ?? '-',
          lesson.cap === undefined ? '-' : `${lesson.cap.nodes} nodes`,
          lesson.cap?.believedUntilAt ?? '-',
        ]),
      );
