import type { MarketEvent } from '../backtest/replay/recorded-event.js';
import { whileListed } from './while-listed.js';

const offerId = 'a';
const seen = (at: number, nodes: number): MarketEvent => ({ type: 'depth-seen', at, offerId, nodes });
const reached = (at: number, nodes: number): MarketEvent => ({ type: 'depth-reached', at, offerId, nodes });
const forgotten = (at: number): MarketEvent => ({ type: 'depth-forgotten', at, offerId });
const taken = (at: number): MarketEvent => ({
  type: 'nodes-taken',
  at,
  offerId,
  takenNodes: 1,
  heldNodes: 2,
});

/** Not listed from 10 until 20. */
const delisted = [seen(10, 0), forgotten(20)];

describe('what catalogues and hosts show together', () => {
  test('a refusal that ages while an offer is not listed does not open it', () => {
    expect(whileListed(delisted, [seen(5, 2), forgotten(15)])).toEqual([
      seen(5, 2),
      seen(10, 0),
      forgotten(20),
    ]);
  });

  test('a refusal that is believed holds on when the offer is listed again, until it is forgotten', () => {
    const events = [seen(5, 2), reached(12, 3), forgotten(25)];
    expect(whileListed(delisted, events)).toEqual([seen(5, 2), seen(10, 0), seen(20, 3), forgotten(25)]);
  });

  test('nodes that are held, or taken, do not open what is not listed; losses are told', () => {
    expect(whileListed(delisted, [reached(12, 4), taken(13)])).toEqual([
      seen(10, 0),
      taken(13),
      forgotten(20),
    ]);
  });

  test('offers are listed each for itself', () => {
    const other = { ...reached(12, 4), offerId: 'b' };
    expect(whileListed(delisted, [other])).toEqual([seen(10, 0), other, forgotten(20)]);
  });
});
