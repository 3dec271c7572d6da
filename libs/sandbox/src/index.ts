export { SandboxBusinessApiModule } from './api/business/sandbox-business-api.module.js';
export { SandboxModule } from './sandbox.module.js';
export { PlayTurns } from './use-cases/play-turns.js';
export { SweepSandboxes } from './use-cases/sweep-sandboxes.js';
