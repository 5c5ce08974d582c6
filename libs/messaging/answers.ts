import type { AnswerOf, AskOf, RequestName } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import { MessagePattern } from '@nestjs/microservices';
import type { Envelope } from './envelope.js';

type Answering<Name extends RequestName> = (body: AskOf<Name>) => AnswerOf<Name> | Promise<AnswerOf<Name>>;

/**
 * Marks a controller's method as the answer to a request of the contracts.
 * What it throws travels to the asker: refusals as they are, anything else as a fault.
 */
export const Answers =
  <Name extends RequestName>(name: Name) =>
  <Method extends Answering<Name>>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    const answer = descriptor.value as Method;
    const enveloped = async function (this: unknown, body: AskOf<Name>): Promise<Envelope> {
      try {
        return { value: await answer.call(this, body) };
      } catch (error) {
        if (error instanceof RefusedError) return { refusal: error.refusal };
        return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
      }
    };
    // Nest looks at the parameters of what it calls: it hands the payload to the first one.
    descriptor.value = enveloped as unknown as Method;
    MessagePattern(name)(target, key, descriptor as PropertyDescriptor);
  };
