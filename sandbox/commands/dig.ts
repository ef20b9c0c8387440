import { defineCommand } from "../../automation/commands/command";
import { usageError } from "../../automation/model/errors";
import { here } from "./here";

/** Of records in Route 53. */
const recordTypes = "A AAAA CAA CNAME DS HTTPS MX NAPTR NS PTR SOA SPF SRV SSHFP SVCB TLSA TXT".split(" ");

/** Enough to see the shares of two weights of 1 and 255; the sandbox answers no more at once. */
const mostQuestions = 10_000;

export const digCommand = defineCommand({
  name: "sandbox dig",
  summary: "Ask the sandbox's Route 53 for a name; with --count, how often which record is answered",
  effect: "read",
  needs: "nothing",
  options: {
    name: { type: "string", positional: true, demandOption: true, describe: "Name to ask for" },
    type: { type: "string", default: "A", describe: "Type of the record: A, AAAA, CNAME, TXT, MX, ..." },
    count: { type: "number", default: 1, describe: "How often to ask" },
    vpc: { type: "boolean", default: false, describe: "As a task asks: private zones are seen" },
    stack: { type: "string", describe: "Environment whose account is meant; needed when there are several" },
  },
  async run(_context, { name, type: typed, count, vpc: isInVpc, stack }) {
    const type = typed.toUpperCase();
    if (!recordTypes.includes(type))
      throw usageError(`--type is \`${typed}\`: Route 53 has no such records.`, `There are ${recordTypes.join(", ")}.`);
    if (!Number.isInteger(count) || count < 1 || count > mostQuestions)
      throw usageError(`--count is \`${count}\`: it must be a whole number from 1 to ${mostQuestions}.`);
    const [{ describeDig }, { stackScope }, { ask }, { runningSandbox }] = await Promise.all([
      import("../dns/describe"),
      import("../session/stack-scope"),
      import("../session/control-client"),
      import("../session/running"),
    ]);
    const paths = here();
    const scope = await stackScope(paths.project, stack);
    const record = await runningSandbox(paths);
    const answer = await ask(record, "POST", "dig", { ...scope, name, type, count, isInVpc });
    return { summary: describeDig({ name, type, count }, answer), data: answer };
  },
});
