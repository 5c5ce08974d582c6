import { passEarlyHints } from './pass-early-hints.js';

const said = (link: unknown, writeEarlyHints: (hints: object) => void = () => undefined): unknown[] => {
  const hints: unknown[] = [];
  passEarlyHints(
    { headersSent: false, writeEarlyHints: (of) => (hints.push(of), writeEarlyHints(of)) },
    link,
  );
  return hints;
};

test('several links in one text are said one by one, with the commas that are theirs', () => {
  const one = '</a.css>; rel=preload; as=style';
  const other = '</b.js?x=1,2>; rel=preload; as=script';
  expect(said(`${one}, ${other}`)).toEqual([{ link: [one, other] }]);
  expect(said([one, other])).toEqual([{ link: [one, other] }]);
});

test('without links there is nothing to hint at, and a hint that cannot be said is left out', () => {
  expect(said(undefined)).toEqual([]);
  const refuse = (): never => {
    throw new TypeError('ERR_INVALID_ARG_VALUE');
  };
  expect(said('nonsense', refuse)).toHaveLength(1);
});
