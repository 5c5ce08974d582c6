import { resourceName, shownUsd, skuName, type Invoice, type InvoiceLine } from '@slipway/billing-core';

/** An invoice as a page of its own: complete, without scripts and without anything from elsewhere. */
export const printInvoice = (invoice: Invoice): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Invoice ${text(invoice.invoiceNumber)}</title>
<style>
  @page { size: A4; margin: 18mm; }
  body { font: 10pt/1.5 system-ui, sans-serif; color: #1a1a1a; max-width: 180mm; margin: 2rem auto; padding: 0 1rem; }
  h1 { font-size: 20pt; margin: 0; } h2 { font-size: 12pt; margin: 2rem 0 .5rem; }
  header { display: flex; justify-content: space-between; align-items: start; border-bottom: 2px solid #1a1a1a; padding-bottom: 1rem; }
  dl { display: grid; grid-template-columns: auto auto; gap: 0 1.5rem; margin: 0; } dt { color: #666; } dd { margin: 0; text-align: right; }
  table { width: 100%; border-collapse: collapse; } th { text-align: left; border-bottom: 1px solid #999; }
  td, th { padding: .25rem .5rem .25rem 0; vertical-align: top; } td:last-child, th:last-child { text-align: right; padding-right: 0; white-space: nowrap; }
  tr { break-inside: avoid; } tbody tr + tr { border-top: 1px solid #eee; } small { color: #666; }
  .sum { margin-left: auto; width: 80mm; margin-top: 1.5rem; } .due td { font-weight: bold; font-size: 12pt; border-top: 2px solid #1a1a1a; }
  footer { margin-top: 2.5rem; color: #666; font-size: 8.5pt; }
</style>
</head>
<body>
<header>
  <div><h1>Invoice</h1><div>${text(invoice.invoiceNumber)}</div></div>
  <dl>
    <dt>Billed to</dt><dd>${text(invoice.billedTo)}<br><small>${text(invoice.workspaceId)}</small></dd>
    <dt>For use in</dt><dd>${text(invoice.month)}</dd>
    <dt>Issued</dt><dd>${day(invoice.issuedAt)}</dd>
    <dt>Terms</dt><dd>${invoice.terms}</dd>
  </dl>
</header>
<table class="sum">
  ${row('Use', invoice.usageMicroUsd)}
  ${invoice.adjustedMicroUsd === 0n ? '' : row('Adjustments', invoice.adjustedMicroUsd)}
  ${invoice.creditedMicroUsd === 0n ? '' : row('Credits', -invoice.creditedMicroUsd)}
  ${invoice.prepaidMicroUsd === 0n ? '' : row('Paid ahead', -invoice.prepaidMicroUsd)}
  <tr class="due"><td>${invoice.dueMicroUsd < 0n ? 'Owed to you' : 'Due'}</td><td>${shownUsd(invoice.dueMicroUsd)}</td></tr>
</table>
${section(
  'Credits',
  invoice.credits.map(({ reason, usedMicroUsd }) => row(reason, -usedMicroUsd)),
)}
${section(
  'Adjustments',
  invoice.adjustments.map(({ at, reason, amountMicroUsd }) => row(`${day(at)}: ${reason}`, amountMicroUsd)),
)}
<h2>Use by day and function</h2>
<table>
  <thead><tr><th>Day (UTC)</th><th>Environment</th><th>What</th><th>Amount</th></tr></thead>
  <tbody>${invoice.lines.map(lineRow).join('')}</tbody>
</table>
<footer>All amounts are US dollars. Use that differs in nothing is added up for each hour, priced at the rate card of that hour, and
rounded once to the millionth of a dollar, half to even; every line above is a sum of such amounts.</footer>
</body>
</html>
`;

const lineRow = (line: InvoiceLine): string =>
  `<tr><td>${text(line.day)}</td><td>${text(line.environment)}</td><td>${text(resourceName(line.resource))}${
    line.correction ? ' <small>(correction)</small>' : ''
  }<br><small>${line.bySku
    .map(({ sku, billedMicroUsd }) => `${text(skuName(sku))} ${shownUsd(billedMicroUsd)}`)
    .join(' · ')}</small></td><td>${shownUsd(line.billedMicroUsd)}</td></tr>`;

const section = (title: string, rows: readonly string[]): string =>
  rows.length === 0 ? '' : `<h2>${title}</h2><table>${rows.join('')}</table>`;

const row = (name: string, amountMicroUsd: bigint): string =>
  `<tr><td>${text(name)}</td><td>${shownUsd(amountMicroUsd)}</td></tr>`;

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Names come from users: none of them becomes markup. */
const text = (plain: string): string => plain.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
