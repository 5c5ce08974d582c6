const LARGEST_MESSAGE_BYTES = 128 * 1024 * 1024;

export const MESSAGE_LIMITS = {
  'grpc.max_receive_message_length': LARGEST_MESSAGE_BYTES,
  'grpc.max_send_message_length': LARGEST_MESSAGE_BYTES,
} as const;
