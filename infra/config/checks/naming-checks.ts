import { ownDatabase } from "../database";
import { slotsOf } from "../../releases";
import { suffixOf } from "../../service/slots";
import type { StackConfig } from "../schema";
import { containersOf, fault, servicesOf, type CrossCheck } from "./cross-check";

/** A physical name as far as the template decides it, and whose it is. */
interface Named {
  readonly owner: string;
  readonly name: string;
}

type Kind = "service" | "family" | "logGroup" | "secret";

/** Rules about names that only tell things apart when their template does. */
export const namingChecks: readonly CrossCheck[] = [
  {
    id: "service-names-differ",
    why: "A cluster has one service of a name, the second slot's `-green` counted.",
    faults: (config) => sharedNames(config, "service", "the service", slotNames(config, config.naming.service)),
  },
  {
    id: "families-differ",
    why: "Two services in one task definition family would take each other's revisions for their own.",
    faults: (config) => sharedNames(config, "family", "the service", slotNames(config, config.naming.family)),
  },
  {
    id: "log-groups-differ",
    why: "A log group is made once; the containers of one service may share theirs.",
    faults: (config) =>
      sharedNames(
        config,
        "logGroup",
        "the service",
        containersOf(config).map(({ service, name }) => ({
          owner: service,
          name: filled(config.naming.logGroup, { service, container: name }),
        })),
      ),
  },
  {
    id: "secret-names-differ",
    why: "An account has one secret of a name in each region.",
    faults: (config) =>
      sharedNames(
        config,
        "secret",
        "the secret",
        secretKeys(config).map((secret) => ({ owner: secret, name: filled(config.naming.secret, { secret }) })),
      ),
  },
];

/** One fault for a template, which names the first two that it gives one name. */
function sharedNames({ naming }: StackConfig, kind: Kind, what: string, names: readonly Named[]) {
  const clash = names
    .map((one, index) => ({ one, first: names.slice(0, index).find((other) => isClash(one, other)) }))
    .find(({ first }) => first !== undefined);
  if (clash?.first === undefined) return [];
  const { one, first } = clash;
  const word = kind === "secret" ? "{secret}" : "{service}";
  return [
    fault(
      ["naming", kind],
      `text "${naming[kind]}", which names both \`${first.owner}\` and \`${one.owner}\` "${one.name}"`,
      `a template that gives ${what} a name of its own`,
      naming[kind].includes(word)
        ? `Set ${word} off with other text, or rename \`${one.owner}\`.`
        : `Add ${word} to the template.`,
    ),
  ];
}

const isClash = (one: Named, other: Named): boolean => one.owner !== other.owner && one.name === other.name;

const slotNames = (config: StackConfig, template: string): readonly Named[] =>
  servicesOf(config).flatMap(([service, settings]) =>
    slotsOf(settings).map((slot) => ({
      owner: service,
      name: `${filled(template, { service })}${suffixOf(slot)}`,
    })),
  );

/** The rest of a template is the same for all, and stays as it is written. */
const filled = (template: string, words: Readonly<Record<string, string>>): string =>
  Object.entries(words).reduce((text, [word, value]) => text.replaceAll(`{${word}}`, value), template);

const secretKeys = ({ database, secrets }: StackConfig): readonly string[] => [
  ...new Set([...(ownDatabase(database) === undefined ? [] : ["database"]), ...Object.keys(secrets)]),
];
