import { shownMoney } from './shown-money.ts';

const list = { path: '/billing/invoices', columns: ['month', 'dueUsd'] };

test('a list is a table, and says so where nothing is on it', () => {
  expect(shownMoney({ items: [{ month: '2026-11', dueUsd: '1.00', other: 1 }] }, list)).toBe(
    'MONTH    DUEUSD\n2026-11  1.00',
  );
  expect(shownMoney({ items: [] }, list)).toBe('none');
});

test('what is no list is JSON, and a page is as it came', () => {
  expect(shownMoney({ month: '2026-11' }, { path: '/billing/balance' })).toBe('{\n  "month": "2026-11"\n}');
  expect(shownMoney('<html>', { page: '/billing/invoices/1/page' })).toBe('<html>');
});
