import type { ServiceConfig } from "../../infra/config/schema";
import { nearest } from "../../infra/config/nearest";
import type { Fault } from "../../infra/config/fault";
import { ownContainers } from "./own-containers";
import { wordFaults } from "./word-faults";

export { mainContainer } from "./own-containers";

/** A tag, a digest, or a tag that is known to be this digest. */
export interface Wish {
  readonly tag: string | null;
  /** `sha256:...` */
  readonly digest: string | null;
}

/** What of one service is to run in another version. */
export interface Target {
  readonly service: string;
  /** For the service's own containers (`ownContainers`); null when only single containers are named. */
  readonly wish: Wish | null;
  /** For single containers, also those that are not the service's own. */
  readonly containers: Readonly<Record<string, Wish>>;
}

type Services = Readonly<Record<string, Pick<ServiceConfig, "containers">>>;

/**
 * What `web=v3` in the command line asks for.
 *
 * - `web=v3`: all of the service's own containers, those of the registry of its main container. Which of them have
 *   versions of their own, and so keep them, is for the plan to find out.
 * - `web/sidecar=v7`: this container, beside `web=v3` or alone.
 * - `all=v3`: every service; nothing else may stand beside it.
 *
 * A version is a tag, a digest (`sha256:...`) or both (`v3@sha256:...`).
 *
 * @throws SlipwayError `usage` (exit 2) with every fault
 */
export function parseTargets(words: readonly string[], services: Services): readonly Target[] {
  const parsed = words.map((word) => parseWord(word, services));
  const faults = [
    ...(words.length === 0 ? [fault("", "nothing", services)] : []),
    ...parsed.flatMap(({ fault: own }) => own ?? []),
    ...repeated(parsed.flatMap(({ place }) => place ?? [])),
    ...allBesideOthers(parsed.flatMap(({ place }) => place ?? [])),
  ];
  if (faults.length > 0) throw wordFaults(faults);
  return merged(parsed.flatMap(({ place }) => place ?? []).flatMap((place) => spread(place, services)));
}

/** `--component agent,orchestrator --version v3` as the words of a release. */
export const wordsOfComponents = (components: string, version: string): readonly string[] =>
  components.split(",").map((component) => `${component.trim()}=${version}`);

/** One word that makes sense. */
interface Place {
  readonly word: string;
  readonly service: string;
  readonly container: string | null;
  readonly wish: Wish;
}

interface ParsedWord {
  readonly place?: Place;
  readonly fault?: Fault;
}

const all = "all";
const tagForm = /^\w[\w.-]{0,127}$/;
const digestForm = /^sha256:[0-9a-f]{64}$/;

function parseWord(word: string, services: Services): ParsedWord {
  const [left = "", ...rest] = word.split("=");
  if (rest.length === 0) return { fault: fault(word, `${text(word)}, without \`=\``, services) };
  const [service = "", ...inside] = left.split("/");
  const container = inside.length === 0 ? undefined : inside.join("/");
  if (!Object.hasOwn(services, service) && (service !== all || Object.keys(services).length === 0)) {
    const meant = nearest(service, [...Object.keys(services), all]);
    return { fault: fault(word, `service ${text(service)}`, services, meant) };
  }
  const containers = services[service]?.containers ?? {};
  if (container !== undefined && !Object.hasOwn(containers, container))
    return { fault: containerFault(word, container, Object.keys(containers)) };
  const wish = parseWish(rest.join("="));
  if (wish === undefined) return { fault: versionFault(word, rest.join("=")) };
  const digestFor = wish.digest !== null && container === undefined ? severalOwn(service, services) : undefined;
  if (digestFor !== undefined) return { fault: digestFault(word, service, digestFor) };
  return { place: { word, service, container: container ?? null, wish } };
}

function parseWish(version: string): Wish | undefined {
  if (digestForm.test(version)) return { tag: null, digest: version };
  const [tag = "", digest] = version.split("@");
  if (!tagForm.test(tag) || (digest !== undefined && !digestForm.test(digest))) return undefined;
  return { tag, digest: digest ?? null };
}

/** A digest is one image's: it cannot be meant for several containers, nor for several services. */
function severalOwn(service: string, services: Services): readonly string[] | undefined {
  const own = (name: string): readonly string[] => {
    const config = services[name];
    return config === undefined ? [] : ownContainers(name, config).map((container) => `${name}/${container}`);
  };
  const names = service === all ? Object.keys(services).flatMap(own) : own(service);
  return names.length > 1 ? names : undefined;
}

function repeated(places: readonly Place[]): readonly Fault[] {
  const key = ({ service, container }: Place): string => (container === null ? service : `${service}/${container}`);
  return places.flatMap((place, index) => {
    const first = places.findIndex((other) => key(other) === key(place));
    if (first === index) return [];
    return {
      path: place.word,
      found: `${key(place)} a second time, after \`${places[first]?.word ?? ""}\``,
      allowed: "every service or container once",
      remedy: "Leave one of them out.",
    };
  });
}

function allBesideOthers(places: readonly Place[]): readonly Fault[] {
  const others = places.filter(({ service }) => service !== all);
  if (others.length === places.length || others.length === 0) return [];
  return others.map(({ word, service }) => ({
    path: word,
    found: `${service} beside \`all\``,
    allowed: "`all` alone, or services by name",
    remedy: "Name every service, or leave this one out.",
  }));
}

function spread(place: Place, services: Services): readonly Place[] {
  return place.service === all ? Object.keys(services).map((service) => ({ ...place, service })) : [place];
}

function merged(places: readonly Place[]): readonly Target[] {
  const names = [...new Set(places.map(({ service }) => service))];
  return names.map((name) => {
    const own = places.filter(({ service }) => service === name);
    return {
      service: name,
      wish: own.find(({ container }) => container === null)?.wish ?? null,
      containers: Object.fromEntries(
        own.flatMap(({ container, wish }) => (container === null ? [] : [[container, wish]])),
      ),
    };
  });
}

const text = (value: string): string => `text ${JSON.stringify(value.slice(0, 60))}`;

function fault(word: string, found: string, services: Services, meant?: string): Fault {
  const names = Object.keys(services);
  return {
    path: word === "" ? "<service>=<tag>" : word,
    found,
    allowed:
      names.length === 0
        ? "nothing: no service is configured"
        : `<service>=<tag>; services: ${names.join(", ")}, or all`,
    remedy: meant === undefined ? `Write for example \`${names[0] ?? "web"}=v1.2.3\`.` : `Did you mean \`${meant}\`?`,
  };
}

function containerFault(word: string, container: string, containers: readonly string[]): Fault {
  const meant = nearest(container, containers);
  return {
    path: word,
    found: `container ${text(container)}`,
    allowed: containers.length === 0 ? "`all` without a container" : `one of ${containers.join(", ")}`,
    remedy: meant === undefined ? "Name one of the service's containers." : `Did you mean \`${meant}\`?`,
  };
}

const versionFault = (word: string, version: string): Fault => ({
  path: word,
  found: version === "" ? "no version" : `version ${text(version)}`,
  allowed:
    "a tag (letters, digits, `_`, `.` and `-`, at most 128), a digest (sha256: and 64 digits), or <tag>@<digest>",
  remedy: "Write the tag alone, without the repository.",
});

const digestFault = (word: string, service: string, containers: readonly string[]): Fault => ({
  path: word,
  found: `a digest for ${containers.length} containers`,
  allowed: "a digest for one container",
  remedy: `Name the container that ${service === all ? "it" : `the digest of ${service}`} belongs to: ${containers.join(", ")}.`,
});
