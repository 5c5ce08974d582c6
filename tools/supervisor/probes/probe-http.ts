/** Ready on any 2xx; otherwise the status, and the answer where it is short. */
export const probeHttp = async (url: string, timeoutMs: number): Promise<string> => {
  const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  const body = (await answer.text()).trim();
  if (answer.ok) return 'ready';
  return body.length > 0 && body.length <= 120 ? `HTTP ${answer.status}: ${body}` : `HTTP ${answer.status}`;
};
