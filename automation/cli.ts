import { commands, groups } from "./commands";
import { main } from "./main";
import { wiring } from "./wiring";

// The driver alone. What is installed as `slipway` is this with the sandbox in front.
void main(process.argv.slice(2), { commands, groups, wiring: wiring(process.env) }).then((code) => {
  process.exitCode = code;
});
