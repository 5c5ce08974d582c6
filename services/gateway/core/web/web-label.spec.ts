import fc from 'fast-check';
import { markedLabel, webLabel, type WebName } from './web-label.js';

const name = (fields: Partial<WebName> = {}): WebName => ({
  workspaceName: 'acme',
  environment: '',
  appName: 'shop',
  functionName: 'hello_world',
  requestedLabel: '',
  ...fields,
});

test.each([
  [{}, 'acme--shop-hello-world'],
  [{ environment: 'staging' }, 'acme-staging--shop-hello-world'],
  [{ requestedLabel: 'my-label' }, 'acme--my-label'],
  [{ functionName: 'Model.predict' }, 'acme--shop-model-predict'],
  [{ suffix: 'dev' }, 'acme--shop-hello-world-dev'],
  [{ suffix: '' }, 'acme--shop-hello-world-dev'],
  [{ appName: 'Shop  (new)' }, 'acme--shop-new-hello-world'],
])('%j gives %s', (fields, label) => {
  expect(webLabel(name(fields))).toEqual({ label, truncated: false });
});

test('a long name is cut, keeps its suffix, and stays different from its likes', () => {
  const long = 'a'.repeat(70);
  const one = webLabel(name({ functionName: `${long}1`, suffix: 'dev' }));
  const other = webLabel(name({ functionName: `${long}2`, suffix: 'dev' }));
  expect(one.truncated).toBe(true);
  expect(one.label).toMatch(/-[0-9a-f]{6}-dev$/);
  expect(one.label).not.toBe(other.label);
});

test('a URL that was given out stays what it is', () => {
  const { label } = webLabel(name({ environment: 'dev', functionName: 'f'.repeat(70) }));
  expect(label).toBe('acme-dev--shop-fffffffffffffffffffffffffffffffffffffffff-f1cfe9');
});

test('every label is one that DNS takes', () => {
  const text = fc.string({ maxLength: 90 });
  fc.assert(
    fc.property(
      text,
      text,
      text,
      fc.option(text, { nil: undefined }),
      (appName, functionName, requestedLabel, suffix) => {
        const { label } = webLabel(
          name({ appName, functionName, requestedLabel, ...(suffix === undefined ? {} : { suffix }) }),
        );
        expect(label.length).toBeLessThanOrEqual(63);
        expect(label).toMatch(/^[a-z0-9-]+$/);
      },
    ),
  );
});

test('a label that another workspace holds gets a mark', () => {
  expect(markedLabel('acme--shop', 'ac-2')).toMatch(/^acme--shop-[0-9a-f]{6}$/);
});
