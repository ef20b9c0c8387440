import { z } from "zod";
import { usageError } from "../../automation/model/errors";
import type { Report } from "../../automation/model/report";

/** Calls a control endpoint of the running sandbox. */
type Ask = (method: "GET" | "POST", endpoint: string, body?: unknown) => Promise<Readonly<Record<string, unknown>>>;

const fault = z.object({
  id: z.string(),
  text: z.string(),
  summary: z.string(),
  since: z.string(),
  until: z.string().optional(),
  left: z.number().optional(),
});

const kind = z.object({
  name: z.string(),
  group: z.enum(["task", "start", "target", "api", "action"]),
  usage: z.string(),
  summary: z.string(),
  onAws: z.string(),
  options: z.array(z.string()),
});

const listed = z.object({ faults: z.array(fault), kinds: z.array(kind) });
const added = z.union([z.object({ done: z.string() }), z.object({ fault, warning: z.string().optional() })]);
const cleared = z.object({ cleared: z.number(), lasting: z.array(z.string()) });

const groups = {
  task: "The program in a task (also in the tag of an image: `1.4.2-fault.crash-after.30`)",
  start: "The start of a task (also in the tag of an image)",
  target: "The load balancer's way to a task",
  api: "Calls of AWS",
  action: "Done once, behind the driver's back",
} as const;

/** What `sandbox fault` does, as reports. */
export function faultRequests(ask: Ask): {
  list(): Promise<Report>;
  kinds(name: string | undefined): Promise<Report>;
  clear(id: string | undefined): Promise<Report>;
  add(request: object): Promise<Report>;
} {
  return {
    async list() {
      const { faults } = listed.parse(await ask("GET", "faults"));
      const lines = faults.map(described);
      return { summary: lines.join("\n") || "Nothing goes wrong.", data: { faults } };
    },
    async kinds(name) {
      const all = listed.parse(await ask("GET", "faults")).kinds;
      const kinds = name === undefined ? all : all.filter((one) => one.name.includes(name));
      const lines = Object.entries(groups).flatMap(([group, title]) => {
        const members = kinds.filter((one) => one.group === group);
        return members.length === 0 ? [] : ["", `${title}:`, ...members.flatMap(explained)];
      });
      if (lines.length === 0)
        throw usageError(`No kind of fault is called like "${name}".`, "`fault kinds` shows all.");
      return { summary: lines.join("\n").trim(), data: { kinds } };
    },
    async clear(id) {
      const { cleared: count, lasting } = cleared.parse(
        await ask("POST", "fault-clear", id === undefined ? {} : { id }),
      );
      const lines = [`${count} fault${count === 1 ? "" : "s"} cleared.`];
      if (lasting.length > 0) lines.push("What was done once stays:", ...lasting.map((one) => `  ${one}`));
      return { summary: lines.join("\n"), data: { cleared: count, lasting } };
    },
    async add(request) {
      const answer = added.parse(await ask("POST", "fault", request));
      if ("done" in answer) return { summary: answer.done, data: { done: answer.done, fault: null } };
      return {
        summary: [described(answer.fault), answer.fault.summary, ...(answer.warning ? [answer.warning] : [])].join(
          "\n",
        ),
        data: { done: null, fault: answer.fault, warning: answer.warning ?? null },
      };
    },
  };
}

const described = ({ id, text, until, left }: z.infer<typeof fault>): string =>
  [`${id}: ${text}`, ...(until ? [`until ${until}`] : []), ...(left ? [`${left} more`] : [])].join(", ");

const explained = ({ usage, summary, onAws, options }: z.infer<typeof kind>): readonly string[] => [
  `  ${[usage, ...options.map((name) => `[--${name}]`)].join(" ")}`,
  `      ${summary}`,
  `      On AWS: ${onAws}`,
];
