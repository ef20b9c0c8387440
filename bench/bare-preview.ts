import * as aws from "@pulumi/aws";
import { LocalWorkspace } from "@pulumi/pulumi/automation";

/**
 * The engine with nothing around it: as many resources as are asked for, none of which needs another, previewed or
 * deployed by the Automation API. `node bare-preview.js <preview|up> <folder> <count>`
 */
async function run([verb, folder = ".", count = "0"]: readonly string[]): Promise<void> {
  const program = (): Promise<void> => {
    const provider = new aws.Provider("aws", { region: "eu-central-1" });
    for (let number = 1; number < Number(count); number++) {
      new aws.sns.Topic(`topic-${number}`, { tags: { Number: String(number) } }, { provider });
    }
    return Promise.resolve();
  };
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "bare", projectName: "bare", program },
    { workDir: folder },
  );
  if (verb === "up") await stack.up();
  else await stack.preview();
}

void run(process.argv.slice(2));
