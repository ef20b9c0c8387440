import {
  type AliasTarget,
  ChangeResourceRecordSetsCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
  type RRType,
} from "@aws-sdk/client-route-53";
import type { HandlerContext, Properties } from "../../handler";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { errorCode, orMissing } from "../missing";

interface RecordInputs {
  readonly zoneId: string;
  readonly name: string;
  readonly type: string;
  readonly setIdentifier?: string;
  readonly ttl?: number;
  readonly records?: readonly string[];
  readonly weightedRoutingPolicies?: readonly { readonly weight: number }[];
  readonly aliases?: readonly {
    readonly name: string;
    readonly zoneId: string;
    readonly evaluateTargetHealth: boolean;
  }[];
}

/** What tells one record set of a zone from all others. */
type RecordKey = Pick<RecordInputs, "zoneId" | "name" | "type" | "setIdentifier">;

/** `aws:route53/record:Record`; of the routing policies only the weighted one. */
export const route53Record = defineHandler<RecordInputs>({
  global: true,
  async create(inputs, context) {
    await change(inputs.zoneId, [{ Action: "CREATE", ResourceRecordSet: toRecordSet(inputs) }], context);
    return idOf(inputs);
  },

  async find(id, known, context) {
    const key = keyOf(id, known);
    const found = await describe(key, context);
    return found === undefined
      ? undefined
      : { ...fromRecordSet(found, known), zoneId: key.zoneId, fqdn: bare(found.Name) };
  },

  async change(_id, state, inputs, context) {
    // Another type or identifier is another record set: both in one batch, as the provider does it.
    const old = { ...inputs, ...state };
    const moved = old.type !== inputs.type || old.setIdentifier !== inputs.setIdentifier;
    const found = moved ? await describe(old, context) : undefined;
    await change(
      inputs.zoneId,
      [
        ...(found === undefined ? [] : [{ Action: "DELETE" as const, ResourceRecordSet: found }]),
        { Action: "UPSERT", ResourceRecordSet: toRecordSet(inputs) },
      ],
      context,
    );
  },

  async remove(id, state, context) {
    const key = keyOf(id, state);
    const found = await describe(key, context);
    // Route 53 deletes only what is told with all its present values.
    if (found !== undefined) await change(key.zoneId, [{ Action: "DELETE", ResourceRecordSet: found }], context);
  },
});

type Changes = NonNullable<
  NonNullable<ConstructorParameters<typeof ChangeResourceRecordSetsCommand>[0]["ChangeBatch"]>["Changes"]
>;

async function change(HostedZoneId: string, Changes: Changes, context: HandlerContext): Promise<void> {
  await context
    .client(Route53Client)
    .send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }));
}

async function describe(key: RecordKey, context: HandlerContext): Promise<ResourceRecordSet | undefined> {
  const answer = await orMissing(
    context
      .client(Route53Client)
      .send(
        new ListResourceRecordSetsCommand({
          HostedZoneId: key.zoneId,
          StartRecordName: key.name,
          StartRecordType: key.type as RRType,
          ...(key.setIdentifier === undefined ? {} : { StartRecordIdentifier: key.setIdentifier }),
        }),
      )
      .catch((error: unknown) => {
        if (errorCode(error) === "NoSuchHostedZone") return undefined;
        throw error;
      }),
  );
  return answer?.ResourceRecordSets?.find(
    ({ Name, Type, SetIdentifier }) =>
      bare(Name) === bare(key.name) && Type === key.type && SetIdentifier === key.setIdentifier,
  );
}

function toRecordSet(inputs: RecordInputs): ResourceRecordSet {
  const [alias] = inputs.aliases ?? [];
  const [weighted] = inputs.weightedRoutingPolicies ?? [];
  return {
    Name: inputs.name,
    Type: inputs.type as RRType,
    ...(inputs.setIdentifier === undefined ? {} : { SetIdentifier: inputs.setIdentifier }),
    ...(weighted === undefined ? {} : { Weight: weighted.weight }),
    ...(inputs.ttl === undefined ? {} : { TTL: inputs.ttl }),
    ...(inputs.records === undefined ? {} : { ResourceRecords: inputs.records.map((Value) => ({ Value })) }),
    ...(alias === undefined ? {} : { AliasTarget: toAlias(alias) }),
  };
}

const toAlias = ({
  name,
  zoneId,
  evaluateTargetHealth,
}: NonNullable<RecordInputs["aliases"]>[number]): AliasTarget => ({
  DNSName: name,
  HostedZoneId: zoneId,
  EvaluateTargetHealth: evaluateTargetHealth,
});

function fromRecordSet(found: ResourceRecordSet, known: Partial<RecordInputs>): Properties {
  const { AliasTarget: alias } = found;
  const aliases = alias && [
    { name: bare(alias.DNSName), zoneId: alias.HostedZoneId, evaluateTargetHealth: alias.EvaluateTargetHealth },
  ];
  return {
    // Names are the same with and without a dot at the end.
    name: bare(found.Name) === bare(known.name) ? known.name : bare(found.Name),
    type: found.Type,
    setIdentifier: found.SetIdentifier,
    weightedRoutingPolicies: found.Weight === undefined ? undefined : [{ weight: found.Weight }],
    ttl: found.TTL,
    records: alias ? undefined : found.ResourceRecords?.map(({ Value }) => Value),
    aliases: isSame(known.aliases?.map(bareAlias), aliases) ? known.aliases : aliases,
  };
}

const bareAlias = (alias: NonNullable<RecordInputs["aliases"]>[number]) => ({ ...alias, name: bare(alias.name) });

/** `<zone>_<name>_<type>`, with `_<set identifier>` for a record of a set. */
const idOf = ({ zoneId, name, type, setIdentifier }: RecordKey): string =>
  [zoneId, bare(name), type, ...(setIdentifier === undefined ? [] : [setIdentifier])].join("_");

/** The state knows more than the id, whose parts may hold underscores; an import has nothing but the id. */
function keyOf(id: string, known: Partial<RecordInputs>): RecordKey {
  const { zoneId, name, type, setIdentifier } = known;
  if (zoneId !== undefined && name !== undefined && type !== undefined)
    return { zoneId, name, type, ...(setIdentifier === undefined ? {} : { setIdentifier }) };
  const [zone = "", host = "", kind = "", set] = id.split("_");
  return { zoneId: zone, name: host, type: kind, ...(set === undefined ? {} : { setIdentifier: set }) };
}

/** Route 53 tells names with a dot at the end, in lower case. */
const bare = (name = ""): string => name.toLowerCase().replace(/\.$/, "");
