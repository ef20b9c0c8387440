import { expect } from "chai";
import { pluginShims } from "../../../sandbox/session/plugins";

describe("pluginShims", () => {
  it("puts each plugin where the engine looks for exactly this version", () => {
    const shims = pluginShims(
      { aws: "7.48.0", awsx: "3.9.0", random: "4.21.2", pulumi: "3.248.0" },
      "/usr/bin/node",
      "/my app/dist",
    );

    expect(shims).to.deep.equal([
      {
        path: "plugins/resource-aws-v7.48.0/pulumi-resource-aws",
        text: `#!/bin/sh\nexec '/usr/bin/node' '/my app/dist/sandbox/plugin/main-aws.js' "$@"\n`,
      },
      {
        path: "plugins/resource-awsx-v3.9.0/pulumi-resource-awsx",
        text: `#!/bin/sh\nexec '/usr/bin/node' '/my app/dist/sandbox/plugin/main-awsx.js' "$@"\n`,
      },
      {
        path: "plugins/resource-random-v4.21.2/pulumi-resource-random",
        text: `#!/bin/sh\nexec '/usr/bin/node' '/my app/dist/sandbox/plugin/main-random.js' "$@"\n`,
      },
      {
        path: "plugins/language-nodejs-v3.248.0/pulumi-language-nodejs",
        text: `#!/bin/sh\nexec '/usr/bin/node' '/my app/dist/sandbox/language-host/main.js' "$@"\n`,
      },
    ]);
  });
});
