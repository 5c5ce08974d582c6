export * from './class-name-used-details.js';
export * from './client-type.js';
export * from './messages.js';
export * from './object-id.js';
export * from './raw-message.js';
export * from './rpc-headers.js';
export * from './status-details.js';
export * from './throttle-details.js';
export { ModalClientService, type ModalClientServer } from './generated/service.js';
