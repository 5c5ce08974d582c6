/** RFC 9457: why a web request was not answered by the user's app, and what to do about it. */
export type WebFailure = Readonly<{ status: number; code: string; reason: string; remedy: string }>;

export type WebAnswer = Readonly<{ contentType: string; body: string }>;

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const wantsHtml = (accept: string | undefined): boolean =>
  accept !== undefined && accept.includes('text/html') && !accept.startsWith('application/json');

/** The answer's text: a page for browsers, a problem document for everyone else. */
export const webProblem = (
  { status, code, reason, remedy }: WebFailure,
  accept: string | undefined,
  requestId: string,
): WebAnswer => {
  const title = code.replaceAll('-', ' ');
  if (!wantsHtml(accept)) {
    const problem = { type: `/problems/${code}`, title, status, detail: `${reason} ${remedy}`, requestId };
    return { contentType: 'application/problem+json', body: `${JSON.stringify(problem)}\n` };
  }
  return {
    contentType: 'text/html; charset=utf-8',
    body:
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>${status} ${escaped(title)}</title>` +
      `<style>body{font:1rem/1.5 system-ui;max-width:38rem;margin:15vh auto;padding:0 1rem}small{color:#777}</style>` +
      `<h1>${status} ${escaped(title)}</h1><p>${escaped(reason)}</p><p>${escaped(remedy)}</p>` +
      `<small>request ${escaped(requestId)}</small></html>\n`,
  };
};
