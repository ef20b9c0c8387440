import { expect } from "chai";
import { faultCommand, type FaultCommand } from "./fault-command";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
const where = ["--account", "100000000063", "--region", "eu-central-1"];

describe("`slipway sandbox fault`, asked wrongly,", function () {
  this.timeout(60_000);
  let command: FaultCommand;

  before(async function () {
    if (endpoint === undefined) return this.skip();
    command = await faultCommand(endpoint);
  });

  after(() => command?.remove());

  for (const [words, message] of [
    [["crash-at-stat"], 'There is no fault "crash-at-stat". Did you mean crash-at-start?'],
    [["Not a kind"], '"Not a kind" is no kind of fault, and not list, clear, kinds.'],
    [["crash-after"], "It is `crash-after <seconds>`."],
    [["crash-after", "soon"], "crash-after <seconds> is `soon`, and must be a number."],
    [["error-rate", "101"], "error-rate <percent> is `101`, and must be at most 100."],
    [["never-healthy", "5"], "It is `never-healthy`, without `5`."],
    [["never-healthy", "--percent", "5"], "never-healthy does not take --percent."],
    [["throttle", "--percent", "101"], "A fault: percent must be at most 100."],
    [["throttle", "--for", "ever"], "--for"],
    [["clear", "4711"], "There is no fault 4711."],
    [["alarm-forced", "nobody", ...where], "There is no alarm nobody in 100000000063 eu-central-1."],
    [["stop-task", "0123456789abcdef", ...where], "There is no running task 0123456789abcdef."],
    [["change-desired-count", "1", "--service", "no/body", ...where], "Cluster not found."],
    [
      [
        "change-weights",
        `arn:aws:elasticloadbalancing:eu-central-1:100000000063:listener/app/x/1/2`,
        "--weights",
        "a=1",
      ],
      "not found",
    ],
    [
      ["change-weights", "1", "--weights", "a=1"],
      "change-weights <rule> is `1`, and must be the ARN of a rule or listener.",
    ],
    [["delete-image", "nobody:v1", ...where], "The repository with name 'nobody' does not exist"],
    [["delete-secret", "nobody", ...where], "Secrets Manager can't find the specified secret."],
    [["stop-database", "nobody", ...where], "DBInstance nobody not found"],
  ] as const) {
    it(`${words.slice(0, 2).join(" ")}: exit code 2, and a word on what is wrong`, async () => {
      const { code, stdout, stderr } = await command.tried(...words);
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
      expect(stderr).to.include(message).and.not.include("    at ");
    });
  }
});
