// `npm test`: everything, from nothing but a clone. `npm test unit` and `npm test sandbox` run one half.
// The last line is `N passed, N failed` and nothing else; the exit code is 0 only when nothing failed.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lanesOf } from "./lanes.mjs";
import { withThrowawaySandbox } from "./throwaway-sandbox.mjs";
import { build, checkNode, getEngine, installPackages, root, runTool, step } from "./steps.mjs";

const half = process.argv[2] ?? "all";
const reports = join(root, "coverage");
/** Of the sandboxes' clocks: a database is there after three seconds, and probes do not yet take up the machine. */
const speed = "60";
const totals = { passed: 0, failed: 0, skipped: [] };

try {
  await checkNode();
  await installPackages();
  if (half !== "sandbox") await unitHalf();
  if (half !== "unit") await sandboxHalf();
} catch (error) {
  // Not a test, but the reason why there are none: it must not look like a success.
  console.error(`\n${error.message}`);
  totals.failed += 1;
}
for (const title of totals.skipped) console.log(`skipped: ${title}`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 ? 0 : 1;

async function unitHalf() {
  await Promise.all([
    check("lint", () => runTool("eslint", ["."], { quiet: true })),
    check("format", () => runTool("prettier", ["--check", "--log-level", "warn", "."], { quiet: true })),
    check("types", () => runTool("typescript", ["--noEmit", "-p", "."], { quiet: true })),
  ]);
  // One run for both: c8 starts mocha and then compares the coverage with .c8rc.json.
  await mocha("unit", ["c8", process.execPath, join("node_modules", "mocha", "bin", "mocha.js")], {
    afterwards: "covered lines of infra/ and automation/: at least 85 %",
  });
}

async function sandboxHalf() {
  await build();
  await getEngine();
  const { measured, ...others } = lanesOf(join(root, "test", "sandbox"));
  const ends = await Promise.allSettled(Object.entries(others).map(([lane, files]) => sandboxTests(lane, files)));
  await sandboxTests("measured", measured);
  const wrong = ends.find(({ status }) => status === "rejected");
  if (wrong) throw wrong.reason;
}

/** Each lane has an empty AWS of its own, for the tests that need no more. */
async function sandboxTests(lane, files) {
  await withThrowawaySandbox(speed, (endpoint) =>
    mocha(`sandbox-${lane}`, ["mocha", "--config", ".mocharc.sandbox.yml", ...files], {
      env: {
        SLIPWAY_TEST_ENDPOINT: endpoint,
        SLIPWAY_SANDBOX_SPEED: speed,
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      },
      reporter: "file-reporter.cjs",
      given: { failures: 10, minutes: 40 },
    }),
  );
}

/** Something that is right or wrong as a whole counts as one test. */
async function check(title, work) {
  const isRight = await step(title, work).then(
    () => true,
    (error) => void console.error(error.message),
  );
  totals[isRight ? "passed" : "failed"] += 1;
}

/**
 * Runs mocha and adds what its report says. `afterwards` names what else the program checks when all tests pass; the
 * reporter is one of this folder.
 */
async function mocha(name, [tool, ...words], { afterwards, env, reporter = "mocha-reporter.cjs", given = {} } = {}) {
  const output = join(reports, `${name}.json`);
  rmSync(output, { force: true });
  const options = Object.entries({ ...given, output }).flatMap(([key, value]) => [
    "--reporter-option",
    `${key}=${value}`,
  ]);
  const reporting = ["--reporter", join("setup", reporter), ...options];
  const error = await step(`${name} tests`, () => runTool(tool, [...words, ...reporting], { env })).catch(
    (reason) => reason,
  );
  if (!existsSync(output)) throw error instanceof Error ? error : new Error(`The ${name} tests left no report.`);
  const { stats, pending } = JSON.parse(readFileSync(output, "utf8"));
  totals.passed += stats.passes;
  totals.failed += stats.failures;
  totals.skipped.push(...pending.map(({ fullTitle }) => fullTitle));
  if (stats.passes === 0 && stats.failures === 0) throw new Error(`The ${name} tests ran nothing.`);
  if (stats.failures > 0) return;
  // All tests pass and yet the program failed: that was the check which comes after them.
  if (error instanceof Error) console.error(afterwards === undefined ? error.message : `Not fulfilled: ${afterwards}`);
  if (error instanceof Error) totals.failed += 1;
  else if (afterwards !== undefined) totals.passed += 1;
}
