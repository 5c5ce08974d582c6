import { webProblem } from './web-problem.js';

const failure = {
  status: 503,
  code: 'container-did-not-start',
  reason: 'No module named <x>.',
  remedy: 'Deploy it again.',
};

test('programs get a problem document that says why and what to do', () => {
  const { contentType, body } = webProblem(failure, '*/*', 'rq-1');
  expect(contentType).toBe('application/problem+json');
  expect(JSON.parse(body)).toEqual({
    type: '/problems/container-did-not-start',
    title: 'container did not start',
    status: 503,
    detail: 'No module named <x>. Deploy it again.',
    requestId: 'rq-1',
  });
});

test('browsers get a page, in which a reason is text and no markup', () => {
  const { contentType, body } = webProblem(failure, 'text/html,application/xhtml+xml', 'rq-1');
  expect(contentType).toContain('text/html');
  expect(body).toContain('No module named &#60;x&#62;.');
});
