export { readImageBuilderConfig, type ImageBuilderConfig } from './config.js';
export { ImageBuilderModule } from './image-builder.module.js';
