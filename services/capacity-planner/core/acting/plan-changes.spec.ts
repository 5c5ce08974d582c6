import { accepted, asked, hostAfter, offerOf, runningHost } from './acting.samples.testing.js';
import { changesTo, draining, offers, said } from './changes.samples.testing.js';

describe('the changes of a plan', () => {
  test('start what is missing and say why and what it costs', () => {
    expect(changesTo({ a: 2 }, [runningHost('h1', offers.get('a'))])).toEqual([
      {
        ...{ action: 'start', offer: offers.get('a'), microUsdPerHour: 3_600_000 },
        because: 'the plan holds 2 of it, 1 serve or start',
      },
    ]);
  });

  test('take a draining host back before one is started', () => {
    expect(said(changesTo({ a: 2 }, [draining('h1')]))).toEqual(['convert h1', 'start a']);
  });

  test('let go what has not joined first, then the emptiest; a host of an offer that it would not hold too', () => {
    const hosts = [
      runningHost('h1', offers.get('a')),
      runningHost('h2', offers.get('a')),
      hostAfter(asked('h3', offers.get('a')), accepted('h3')),
      runningHost('h4', offerOf('gone')),
    ];
    expect(said(changesTo({ a: 1 }, hosts, { h1: 5, h2: 1 }))).toEqual(['stop h3', 'drain h2', 'drain h4']);
  });

  test('are none when they were carried out', () => {
    expect(changesTo({ a: 1, b: 0 }, [runningHost('h1', offers.get('a')), draining('h2')])).toEqual([]);
  });
});
