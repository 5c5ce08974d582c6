export * from './messages.js';
export { ModalClientService, type ModalClientServer } from './generated/service.js';
