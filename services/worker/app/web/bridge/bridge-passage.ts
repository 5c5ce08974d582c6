import type { CallId, InputId } from '@slipway/contracts';
import type { WebPassage } from '../ways/web-passage.js';
import type { WebExchange } from '../web-exchange.js';
import type { BridgeCall } from './bridge-call.js';
import { HttpCall } from './http-call.js';
import { SocketCall } from './socket-call.js';

/**
 * The way in the client's own words: a request waits here as an input until the container asks for one, and its body and
 * answer travel as data of its call. Nothing of it leaves the worker.
 */
export class BridgePassage implements WebPassage {
  private readonly waiting: BridgeCall[] = [];
  private readonly calls = new Map<CallId, BridgeCall>();
  private readonly finishing = new Map<InputId, () => void>();
  private readonly heardUpTo = new Map<CallId, number>();
  private takers: (() => void)[] = [];

  relay(exchange: WebExchange): void {
    const call = exchange.asked.kind === 'http' ? new HttpCall(exchange) : new SocketCall(exchange);
    this.calls.set(exchange.callId, call);
    this.waiting.push(call);
    this.takers.shift()?.();
    void exchange.closed.then(() => this.forgetUnstarted(call));
  }

  /** Settles when the container is done with the request, which may be later than its answer. */
  finished({ inputId }: WebExchange): Promise<void> {
    return new Promise((resolve) => this.finishing.set(inputId, resolve));
  }

  /** The next request for the container; undefined where `signal` ends the wait. */
  async next(signal: AbortSignal): Promise<BridgeCall | undefined> {
    while (this.waiting.length === 0 && !signal.aborted)
      await new Promise<void>((resolve) => {
        this.takers.push(resolve);
        signal.addEventListener('abort', () => this.leave(resolve), { once: true });
      });
    return signal.aborted ? undefined : this.waiting.shift();
  }

  call(callId: string): BridgeCall | undefined {
    return this.calls.get(callId as CallId);
  }

  /** Whether a part of an answer is new: an rpc that was tried again brings what it brought before. */
  isNew(callId: CallId, index: number): boolean {
    if (index <= (this.heardUpTo.get(callId) ?? 0)) return false;
    this.heardUpTo.set(callId, index);
    return true;
  }

  /** The container's last word on a request; false where it speaks of something else. */
  end(inputId: string, result: 'success' | 'failure'): boolean {
    const finish = this.finishing.get(inputId as InputId);
    if (finish === undefined) return false;
    const call = [...this.calls.values()].find(({ exchange }) => exchange.inputId === inputId);
    call?.end(result);
    if (call !== undefined) this.forget(call);
    finish();
    return true;
  }

  /** The client's runtime is told to cancel the input by its heartbeat, and says its end as of any other. */
  cancel(exchange: WebExchange): Promise<void> {
    const before = this.finishing.get(exchange.inputId);
    if (before === undefined) return Promise.resolve();
    return new Promise((resolve) =>
      this.finishing.set(exchange.inputId, () => {
        before();
        resolve();
      }),
    );
  }

  close(): void {
    for (const finish of this.finishing.values()) finish();
    this.finishing.clear();
    this.calls.clear();
  }

  private leave(taker: () => void): void {
    this.takers = this.takers.filter((other) => other !== taker);
    taker();
  }

  /** A request whose client left before the container took it is never handed out. */
  private forgetUnstarted(call: BridgeCall): void {
    const place = this.waiting.indexOf(call);
    if (place < 0) return;
    this.waiting.splice(place, 1);
    this.finishing.get(call.exchange.inputId)?.();
    this.forget(call);
  }

  private forget({ exchange }: BridgeCall): void {
    this.calls.delete(exchange.callId);
    this.heardUpTo.delete(exchange.callId);
    this.finishing.delete(exchange.inputId);
  }
}
