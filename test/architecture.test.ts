import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect } from "chai";
import ts from "typescript";

/** Folder -> what its files may import; the longest matching folder wins. */
const mayImport: Readonly<Record<string, readonly RegExp[]>> = {
  infra: [/^infra\//, /^@pulumi\//, /^zod$/],
  "automation/model": [/^automation\/model\//, /^infra\/(layers|outputs|releases|alarms\/rules|config\/)/],
  "automation/ports": [/^automation\/(model|ports)\//, /^infra\/releases/],
  "automation/gate": [/^automation\/(model|ports|gate|context)/],
  "automation/stack": [
    /^automation\/(model|ports|stack|gate|context)/,
    /^infra\/(config|outputs|releases|naming|service\/slots)/,
  ],
  "automation/release": [
    /^automation\/(model|ports|release|gate|stack|context)/,
    /^infra\/(config|outputs|releases|naming|load-balancer\/routes)/,
  ],
  "automation/fleet": [/^automation\/(model|ports|fleet|release|stack|context)/, /^infra\/config/],
  "automation/switch": [/^automation\/(model|ports|switch|release|stack|context)/, /^infra\/(config|outputs|releases)/],
  "automation/records": [/^automation\/(model|ports|records)\//, /^infra\/releases/, /^zod$/],
  "automation/commands": [/^automation\/(?!adapters|main|wiring|server|cli|serve)/, /^infra\/config/, /^yargs$/],
  "automation/adapters": [
    /^automation\/(model|ports|adapters)\//,
    /^infra\//,
    /^@pulumi\//,
    /^@aws-sdk\//,
    /^node:/,
    /^(yaml|proper-lockfile|semver|undici)$/,
  ],
  sandbox: [
    /^sandbox\//,
    /^automation\//,
    /^infra\/config/,
    /^@pulumi\//,
    /^@aws-sdk\//,
    /^@grpc\//,
    /^google-protobuf/,
    /^node:/,
    /^(yaml|yargs|proper-lockfile|zod)$/,
  ],
};

/** Word -> the only places that may use it, and why. */
const onlyIn: readonly { readonly word: RegExp; readonly owner: RegExp; readonly why: string }[] = [
  {
    word: /\bprocess\.env\b/,
    owner: /^(infra\/main|automation\/(serve|index))\.ts$|^sandbox\//,
    why: "the environment is read at the entry points and handed in",
  },
  {
    word: /\bconsole\./,
    owner: /^automation\/adapters\/terminal-|^sandbox\/(plugin|front|language-host|session)\//,
    why: "commands return reports; one place prints them",
  },
  {
    word: /\b(Date\.now|setTimeout|setInterval)\b|\bnew Date\(\)/,
    owner: /^automation\/adapters\/|^infra\/main\.ts$|^sandbox\//,
    why: "time comes through the clock",
  },
  { word: /\bnew aws\./, owner: /^infra\/|^sandbox\/plugin\/awsx\//, why: "only the program declares resources" },
  {
    word: /from "@pulumi\/awsx?"/,
    owner: /^$/,
    why: "the whole package takes longer to load than an environment to declare; infra/aws.ts has its parts",
  },
  { word: /\bas any\b|: any\b|<any>/, owner: /^$/, why: "the types say what is known" },
  { word: /@ts-ignore|@ts-nocheck/, owner: /^$/, why: "a silenced compiler proves nothing" },
  { word: /if \(.*\b(axonflow|codeflow|storefront|afu9)\b/i, owner: /^$/, why: "systems differ by configuration only" },
];

const roots = ["infra", "automation", "sandbox"].filter((root) => existsSync(root));
const sources = roots.flatMap((root) => listed(root).filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts")));
const everything = [
  ...sources,
  ...["test", "bench", "setup"].filter((root) => existsSync(root)).flatMap(listed),
].filter((file) => /\.(ts|mjs|py)$/.test(file));

describe("architecture", () => {
  for (const file of sources) {
    const text = readFileSync(file, "utf8");

    it(`${file} imports only what its folder may`, () => {
      const folder = Object.keys(mayImport)
        .filter((candidate) => file.startsWith(`${candidate}/`))
        .sort((a, b) => b.length - a.length)[0];
      const rules = folder === undefined ? [/./] : (mayImport[folder] ?? []);
      const entry = /^automation\/(serve|main|wiring|index|context|open-records|open-cloud)\.ts$/.test(file);
      const allowed = entry ? [/^automation\//, /^infra\//, /^node:/, /^yargs$/] : rules;
      expect(importsOf(file, text).filter((spec) => !allowed.some((rule) => rule.test(spec)))).to.deep.equal([]);
    });

    it(`${file} leaves environment, console, time and resources to their owners`, () => {
      const code = withoutComments(text);
      const stray = onlyIn
        .filter(({ word, owner }) => word.test(code) && !owner.test(file))
        .map(({ word, why }) => `${word.source}: ${why}`);
      expect(stray).to.deep.equal([]);
    });
  }

  it("lets commands load heavy work only when they run, so that help does not wait for it", () => {
    const heavy = /^import \{[^}]*\} from "\.\.\/(release|switch|fleet)\//m;
    const commands = sources.filter((file) => file.startsWith("automation/commands/"));
    expect(commands.filter((file) => heavy.test(readFileSync(file, "utf8")))).to.deep.equal([]);
  });

  for (const file of everything) {
    it(`${file} is at most 250 lines`, () => {
      expect(readFileSync(file, "utf8").trimEnd().split("\n").length).to.be.at.most(250);
    });
  }

  it("has no file that is named after nothing", () => {
    expect(everything.filter((file) => /(^|\/)(utils?|helpers?|misc|common)\.(ts|mjs)$/.test(file))).to.deep.equal([]);
  });

  it("names files in kebab case", () => {
    expect(sources.filter((file) => !/^[a-z0-9-]+(\.d)?\.ts$/.test(file.split("/").at(-1) ?? ""))).to.deep.equal([]);
  });
});

function listed(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((file) => join(root, file))
    .filter((file) => !file.includes("node_modules"));
}

/** Specifiers of all static, type and dynamic imports; relative ones as paths from the project's root. */
function importsOf(file: string, text: string): string[] {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) =>
      fileName.startsWith(".") ? normalize(join(dirname(file), fileName)) : fileName,
    );
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`])\/\/.*$/gm, "$1");
}
