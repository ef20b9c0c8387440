import { findProject, sandboxPaths, type SandboxPaths } from "../session/paths";

/** The sandbox of the project that the command was typed in. */
export const here = (): SandboxPaths => sandboxPaths(findProject(process.cwd()));
