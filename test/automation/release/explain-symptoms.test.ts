import { expect } from "chai";
import { exited, meaning, stopped } from "../../_helpers/crash-world";

const pull =
  "CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref r/web:v2: ";
const secrets =
  "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ";

describe("symptoms", () => {
  const startFailures: Readonly<Record<string, string>> = {
    [`${pull}not found`]: "The registry does not have this image or tag.",
    [`${pull}unexpected status code 403 Forbidden`]: "The registry refuses to give the image away.",
    [`${pull}dial tcp 1.2.3.4:443: i/o timeout`]: "The task cannot reach the registry.",
    "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'":
      "The image was built for another processor.",
    [`${secrets}unable to retrieve secret from asm: ResourceNotFoundException: Secrets Manager can't find the specified secret value`]:
      "A secret that the task needs is not there, or has no value yet.",
    [`${secrets}failed to fetch secret arn:x from secrets manager: AccessDeniedException: is not authorized to perform: secretsmanager:GetSecretValue`]:
      "The execution role may not read a secret, or not sign in to the registry.",
    [`${secrets}unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager.`]:
      "The task cannot reach Secrets Manager or Parameter Store.",
    "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist":
      "The log group of a container is not there, or cannot be written.",
    "Capacity is unavailable at this time. Please try again later or in a different availability zone.":
      "AWS has no room for a task, or the account's limit is reached.",
  };
  for (const [reason, means] of Object.entries(startFailures)) {
    it(`knows what it means that ${reason.slice(0, 25)}...${reason.slice(-40)}`, async () => {
      expect(await meaning({ tasks: [stopped({ stoppedReason: reason })] })).to.equal(means);
    });
  }

  it("says what an exit code means, and raises the memory only when memory was the reason", async () => {
    const oom = "OutOfMemoryError: Container killed due to memory usage";

    expect(await meaning({ tasks: [exited(137, oom)] })).to.equal("The container needs more memory than it has.");
    expect(await meaning({ tasks: [exited(137)] })).to.match(/^The container was killed from outside/);
    expect(await meaning({ tasks: [exited(139)] })).to.equal("A native part of the program crashed.");
    expect(await meaning({ tasks: [exited(1)] })).to.equal("The program ends by itself with an error.");
    expect(await meaning({ tasks: [exited(0)] })).to.match(/^The program ends without an error/);
  });

  const lastWords: Readonly<Record<string, string>> = {
    'FATAL: password authentication failed for user "app"': "The database refuses the user or the password.",
    "getaddrinfo ENOTFOUND shop.abc.eu-central-1.rds.amazonaws.com": "The program cannot reach its database.",
    "could not connect to server: Connection refused (port 5432)": "The program cannot reach its database.",
    "Error: GITHUB_TOKEN_FILE is not set": "The program misses a setting.",
    "Missing required environment variable": "The program misses a setting.",
    "Error: listen EADDRINUSE: address already in use :::3000": "Two containers of the task want the same port.",
    "Error: Cannot find module '/app/dist/server.js'": "The program, or a part of it, is not in the image.",
    "FATAL ERROR: Reached heap limit - JavaScript heap out of memory":
      "The program ran into the limit of its own heap.",
    "Error: something else": "The program ends by itself with an error.",
  };
  for (const [line, means] of Object.entries(lastWords)) {
    it(`knows what it means that a program says: ${line}`, async () => {
      expect(await meaning({ tasks: [exited(1)], lines: [line] })).to.equal(means);
    });
  }
});
