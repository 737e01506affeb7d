export { checkProgram } from "../workers/commandProgram.ts";
export { programEnvironment } from "./environment.ts";
export { type LineProgram, type ProgramSettings, startLineProgram } from "./lineProgram.ts";
export { type LoadedModule, loadModule } from "./loadModule.ts";
export { closeServer, listenOnLoopback, loopbackHosts, sameToken } from "./loopback.ts";
