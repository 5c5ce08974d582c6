import { readExplained } from './read-explained.ts';

test('a plan as a whole, or one offer in it', () => {
  expect(readExplained([])).toEqual({ planId: 'latest' });
  expect(readExplained(['in-force'])).toEqual({ planId: 'in-force' });
  expect(readExplained(['aws/p5'])).toEqual({ offerId: 'aws/p5', planId: 'latest' });
  expect(readExplained(['aws/p5', 'pl-1'])).toEqual({ offerId: 'aws/p5', planId: 'pl-1' });
  expect(() => readExplained(['pl-1', 'aws/p5'])).toThrow("'aws/p5' is one too many");
});
