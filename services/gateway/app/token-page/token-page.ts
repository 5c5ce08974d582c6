import type { TokenFlow } from '../store/token-flows.js';

export type TokenPage = Readonly<
  | { shows: 'request'; flow: TokenFlow; formKey?: string; trouble?: string }
  | { shows: 'granted'; workspaceName: string; machine: string }
  | { shows: 'over'; reason: string }
  | { shows: 'operator' }
>;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);

const STYLE = `:root{color-scheme:light dark;--ink:#16202b;--dim:#5b6875;--line:#d9dfe5;--paper:#fff;--back:#f2f5f8;--go:#0b6b57;--stop:#a3261b}
@media(prefers-color-scheme:dark){:root{--ink:#e8eef4;--dim:#9aa7b4;--line:#324050;--paper:#18212b;--back:#0e151c;--go:#2fb596;--stop:#ff8a7d}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{width:min(30rem,calc(100vw - 2rem));margin:2rem 0;padding:2rem;background:var(--paper);border:1px solid var(--line);border-radius:14px}
.mark{font-weight:700;letter-spacing:.02em;color:var(--go)}h1{margin:.4rem 0 .6rem;font-size:1.45rem;line-height:1.25}p{margin:.6rem 0}
.code{margin:1.2rem 0;padding:.7rem;text-align:center;font:600 1.7rem/1 ui-monospace,monospace;letter-spacing:.12em;border:1px dashed var(--line);border-radius:10px}
dl{display:grid;grid-template-columns:auto 1fr;gap:.3rem 1rem;margin:1rem 0}dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
label{display:block;margin:.8rem 0 0;font-size:.9rem;color:var(--dim)}input{width:100%;margin-top:.25rem;padding:.6rem .7rem;font:inherit;color:inherit;background:var(--back);border:1px solid var(--line);border-radius:8px}
button{width:100%;margin-top:1.2rem;padding:.75rem;font:inherit;font-weight:600;color:var(--paper);background:var(--go);border:0;border-radius:8px;cursor:pointer}
.dim{color:var(--dim);font-size:.9rem}.trouble{color:var(--stop);font-weight:600}input:focus-visible,button:focus-visible{outline:3px solid var(--go);outline-offset:2px}`;

const lasting = (lifeMs: number | undefined): string => {
  if (lifeMs === undefined) return 'until it is deleted';
  const hours = lifeMs / 3_600_000;
  if (hours < 1) return `${Math.max(1, Math.round(lifeMs / 60_000))} minutes`;
  return hours < 48 ? `${Math.round(hours)} hours` : `${Math.round(hours / 24)} days`;
};

const proof = (formKey: string | undefined): string =>
  formKey === undefined
    ? `<label>Your token id<input name="tokenId" required autocomplete="off" spellcheck="false" placeholder="ak-…"></label>
<label>Its secret<input name="tokenSecret" type="password" required autocomplete="off" placeholder="as-…"></label>
<p class="dim">The new token will belong to the same member of the same workspace, and last no longer than the whole life of yours. On the server's own machine, the operator's link that <code>./tools/up</code> prints does without a token.</p>`
    : `<input type="hidden" name="formKey" value="${escaped(formKey)}">
<p class="dim">You came by the operator's link: the new token will belong to the owner of the first workspace.</p>`;

const request = ({ flow, formKey, trouble }: Extract<TokenPage, { shows: 'request' }>): string => `
<h1>A program asks for a token</h1>
<p>Say yes only if you have just run <code>modal token new</code> and see this code there:</p>
<div class="code">${escaped(flow.code)}</div>
<dl><dt>Machine</dt><dd>${escaped(flow.askedBy.machine)}</dd><dt>Address</dt><dd>${escaped(flow.askedBy.address)}</dd>
<dt>System</dt><dd>${escaped(flow.askedBy.platform)}</dd><dt>Program</dt><dd>${escaped(flow.askedBy.client)}</dd>
<dt>Asked at</dt><dd>${escaped(new Date(flow.createdAt).toUTCString())}</dd><dt>Lasts</dt><dd>${lasting(flow.tokenLifeMs)}</dd></dl>
<p class="dim">Machine, system and program are what the asker says of itself. Whoever has the token can do everything that its member can.</p>
<form method="post">${trouble === undefined ? '' : `<p class="trouble" role="alert">${escaped(trouble)}</p>`}
${proof(formKey)}
<button>Give it a token</button></form>`;

const body = (page: TokenPage): string => {
  switch (page.shows) {
    case 'request':
      return request(page);
    case 'granted':
      return `<h1>Done</h1><p>${escaped(page.machine)} has a token of the workspace <strong>${escaped(page.workspaceName)}</strong>. You can close this page and go back to the terminal.</p>`;
    case 'over':
      return `<h1>Nothing to decide here</h1><p>${escaped(page.reason)}</p>`;
    case 'operator':
      return `<h1>Welcome, operator</h1><p>For the next twelve hours this browser may give tokens of the first workspace. Run <code>modal token new</code> and open the link that it prints.</p>`;
  }
};

/** The page on which somebody says whether a program gets a token. */
export const renderTokenPage = (page: TokenPage): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Token request · Slipway</title><style>${STYLE}</style></head><body><main><div class="mark">Slipway</div>${body(page)}</main></body></html>`;
