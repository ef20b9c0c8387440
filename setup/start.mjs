// `npm start`: from nothing but a clone to a deployed environment on this machine. Running it again is quick.
import { build, checkNode, fail, getEngine, installPackages, slipway, step } from "./steps.mjs";

const stack = process.argv[2] ?? "staging";
const start = performance.now();

try {
  await checkNode();
  await installPackages();
  await build();
  await getEngine();
  await step("sandbox", () => slipway(["sandbox", "start"]));
  await step(`slipway up ${stack} --sandbox --yes`, () => slipway(["up", stack, "--sandbox", "--yes"]));
  await step(`slipway outputs ${stack} --sandbox`, () => slipway(["outputs", stack, "--sandbox"]));
  const next = [
    ["npx slipway sandbox status", "its address: open it in a browser and watch"],
    [`npx slipway sandbox load ${stack}`, "requests to its load balancer, by version and latency"],
    ["npx slipway sandbox fault kinds", "what can be made to go wrong meanwhile"],
    [`npx slipway preview ${stack} --sandbox`, `nothing changes; edit Pulumi.${stack}.yaml and see what would`],
    [`npx slipway up ${stack} --sandbox`, "shows the changes, asks, and applies exactly those"],
    [`npx slipway drift ${stack} --sandbox`, "what somebody changed behind the program's back"],
    [`eval "$(npx slipway sandbox env ${stack})"`, "then plain `pulumi preview` and any AWS client work as well"],
    [`npx slipway destroy ${stack} --sandbox`, "shows what is lost, asks, and goes backwards through the layers"],
    ["npx slipway sandbox stop", "ends it; everything of it is in .slipway/"],
  ];
  const width = Math.max(...next.map(([command]) => command.length)) + 4;
  const lines = next.map(([command, meaning]) => `  ${command.padEnd(width)}${meaning}`);
  const seconds = Math.round((performance.now() - start) / 1000);
  console.log(`\n${stack} is deployed into the sandbox after ${seconds} s. What to try now:\n\n${lines.join("\n")}\n`);
} catch (error) {
  fail(error);
}
