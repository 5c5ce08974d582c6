import {
  ServerInterceptingCall,
  ServerListenerBuilder,
  type Metadata,
  type ServerInterceptor,
  type StatusObject,
} from '@grpc/grpc-js';

type Found<Who> = Who | Promise<Who>;

/**
 * Finds out who asks from the headers of an rpc, and lets its body be read only when that is known: nobody makes us hold
 * a message who may not send one. Until then flow control stops the sender after a window.
 */
export class KnownCallers<Who extends object> {
  private readonly callers = new WeakMap<Metadata, Who>();

  constructor(
    private readonly paths: ReadonlySet<string>,
    private readonly identify: (path: string, metadata: Metadata, isOver: () => boolean) => Found<Who>,
    private readonly refusal: (path: string, error: unknown) => StatusObject,
  ) {}

  readonly interceptor: ServerInterceptor = ({ path }, call) => {
    if (!this.paths.has(path)) return new ServerInterceptingCall(call);
    let isOver = false;
    const listener = new ServerListenerBuilder()
      .withOnReceiveMetadata((metadata, proceed) => {
        this.find(path, metadata, () => isOver).then(
          () => proceed(metadata),
          (error: unknown) => call.sendStatus(this.refusal(path, error)),
        );
      })
      .withOnCancel(() => {
        isOver = true;
      })
      .build();
    return new ServerInterceptingCall(call, { start: (next) => next(listener) });
  };

  /** Who asks by the rpc with these headers. */
  of(metadata: Metadata): Who {
    const caller = this.callers.get(metadata);
    if (caller === undefined) throw new Error('a request came by without being identified');
    return caller;
  }

  private async find(path: string, metadata: Metadata, isOver: () => boolean): Promise<void> {
    this.callers.set(metadata, await this.identify(path, metadata, isOver));
  }
}
