// Shared by `npm start` and `npm test`. Runs before there is a node_modules, so it imports nothing but Node.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Says what is done and how long it took. `work` may give a word that is said as well, such as "nothing to do". */
export async function step(title, work) {
  const start = performance.now();
  console.log(`\n== ${title}`);
  try {
    const note = await work();
    console.log(`== ${title}: ${typeof note === "string" && note !== "" ? `${note}, ` : ""}${seconds(start)}`);
    return note;
  } catch (error) {
    console.log(`== ${title}: FAILED after ${seconds(start)}`);
    throw error;
  }
}

const seconds = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/** A program that ended badly and has said why: the message here is for the last line only. */
export class StepFailed extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs a program in the clone's folder with its output where ours goes; with `quiet` it is shown only when it fails. Gives its standard output when quiet. */
export async function run(command, args, { quiet = false, env = {}, cwd = root } = {}) {
  const { code, stdout, output } = await new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    });
    let [printed, all] = ["", ""];
    child.stdout?.on("data", (chunk) => ((printed += chunk), (all += chunk)));
    child.stderr?.on("data", (chunk) => (all += chunk));
    child.on("error", (error) => resolve({ code: 1, stdout: "", output: error.message }));
    child.on("close", (exitCode, signal) =>
      resolve({ code: exitCode ?? 1, stdout: printed, output: signal ? `${all}\nended by ${signal}` : all }),
    );
  });
  if (code === 0) return stdout;
  if (output) console.log(output.trimEnd());
  throw new StepFailed(`\`${[command, ...args].join(" ")}\` ended with exit code ${code}`, code);
}

/** A program that an npm package brings. */
export const runTool = (name, args, options) => run(process.execPath, [toolFile(name), ...args], options);

const toolFile = (name) => {
  const folder = join(root, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const preferred = { typescript: "tsc" }[name] ?? name;
  return join(folder, typeof bin === "string" ? bin : bin[preferred]);
};

export const checkNode = () =>
  step("Node", async () => {
    const [major, minor] = process.versions.node.split(".").map(Number);
    if (major > 20 || (major === 20 && minor >= 19)) return process.version;
    throw new StepFailed(
      `Node 20.19 or later is needed (CommonJS code requires ES modules); this is ${process.version}`,
    );
  });

/** `npm ci`, but only when what is installed is not what package-lock.json says. */
export const installPackages = () =>
  step("npm packages", async () => {
    if (packagesFit()) return "as package-lock.json says";
    await run("npm", ["ci"]);
  });

/** npm writes its hidden lock file as the last thing, so an interrupted installation has none. */
function packagesFit() {
  const hidden = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(hidden)) return false;
  const wanted = packagesOf(join(root, "package-lock.json"));
  const present = packagesOf(hidden);
  const isThere = ([path, entry]) => present[path]?.version === entry.version || (entry.optional && !present[path]);
  return Object.entries(wanted).every(isThere) && Object.keys(present).every((path) => path in wanted);
}

function packagesOf(file) {
  const packages = { ...JSON.parse(readFileSync(file, "utf8")).packages };
  // The project itself, which only one of the two files has.
  delete packages[""];
  return packages;
}

/** Compiles to dist/ when a source has changed since the last time. */
export const build = () =>
  step("build", async () => {
    linkCommand();
    const marker = join(root, "dist", ".built-from");
    const { fingerprint, files } = sources();
    const former = existsSync(marker) ? JSON.parse(readFileSync(marker, "utf8")) : { files: [] };
    if (former.fingerprint === fingerprint) return "nothing has changed";
    // What was compiled from a file that is gone must go too.
    if (former.files.some((file) => !files.includes(file)))
      rmSync(join(root, "dist"), { recursive: true, force: true });
    await runTool("typescript", ["-p", "tsconfig.build.json"]);
    chmodSync(join(root, "dist", "sandbox", "cli.js"), 0o755);
    writeFileSync(marker, JSON.stringify({ fingerprint, files }));
  });

/** So that `npx slipway` means this clone; npm links the commands of dependencies only. */
function linkCommand() {
  const link = join(root, "node_modules", ".bin", "slipway");
  if (lstatSync(link, { throwIfNoEntry: false })) return;
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(join("..", "..", "dist", "sandbox", "cli.js"), link);
}

function sources() {
  const folders = ["infra", "automation", "sandbox", "bench"].filter((folder) => existsSync(join(root, folder)));
  const files = folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, file)))
    .filter((file) => /\.(ts|json)$/.test(file))
    .sort();
  const hash = createHash("sha256");
  for (const file of [...files, "tsconfig.json", "tsconfig.build.json", "package-lock.json"]) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return { fingerprint: hash.digest("hex"), files };
}

/** The Pulumi engine: found, downloaded or built. */
export const getEngine = () =>
  step("Pulumi engine", async () => {
    const { resolveEngine } = await import(join(root, "dist", "automation", "adapters", "engine-resolver.js"));
    const { path, version, source } = await resolveEngine({ env: process.env, say: (line) => console.log(line) });
    return `${version} (${source}: ${path})`;
  });

export const slipway = (args, options) =>
  run(process.execPath, [join(root, "dist", "sandbox", "cli.js"), ...args], options);

/** Ends the process as its caller expects it: the reason, and an exit code. */
export function fail(error) {
  console.error(error instanceof StepFailed ? `\n${error.message}` : error);
  process.exit(error.exitCode ?? 1);
}
