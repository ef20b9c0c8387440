import {
  CreateDBInstanceCommand,
  type DBInstance,
  DeleteDBInstanceCommand,
  DescribeDBInstancesCommand,
  ModifyDBInstanceCommand,
  type ModifyDBInstanceCommandInput,
  RDSClient,
} from "@aws-sdk/client-rds";
import type { HandlerContext } from "../../handler";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { errorCode, isMissing, orMissing } from "../missing";
import { foundTags, fromTagList, tagList } from "../tags";
import { changeableSettings, fromInstance, type RdsInstanceInputs, toInstance } from "./rds-instance-shape";
import { retagRds } from "./rds-tags";

/** The provider waits as long for a database: a Multi-AZ one with encryption takes half an hour. */
const readyWithinSeconds = 3600;

type State = Partial<RdsInstanceInputs> & { readonly arn?: string };

/** `aws:rds/instance:Instance`. The id is AWS' resource id, which a renaming does not change. */
export const rdsInstance = defineHandler<RdsInstanceInputs>({
  async create(inputs, context) {
    const Tags = tagList(inputs.tagsAll);
    const { DBInstance: made } = await context
      .client(RDSClient)
      .send(new CreateDBInstanceCommand({ ...toInstance(inputs), Tags }));
    return made?.DbiResourceId ?? "";
  },

  async complete(_id, inputs, context) {
    await untilReady(inputs.identifier, context);
  },

  async find(id, known, context) {
    const found = await describe(id, known.identifier, context);
    if (!found) return undefined;
    return { ...fromInstance(found, known), ...foundTags(known, fromTagList(found.TagList)) };
  },

  async change(_id, state: State, inputs, context) {
    const { identifier = inputs.identifier } = state;
    const changes = changedSettings(state, inputs);
    const renamed = identifier === inputs.identifier ? {} : { NewDBInstanceIdentifier: inputs.identifier };
    if (Object.keys({ ...changes, ...renamed }).length > 0) {
      const ApplyImmediately = inputs.applyImmediately ?? false;
      const request = { DBInstanceIdentifier: identifier, ApplyImmediately, ...changes, ...renamed };
      await context.client(RDSClient).send(new ModifyDBInstanceCommand(request));
      await untilReady(inputs.identifier, context);
    }
    if (state.arn) await retagRds(state.arn, state, inputs, context);
  },

  async remove(id, state, context) {
    const found = await describe(id, state.identifier, context);
    if (!found) return;
    await requestDeletion(found.DBInstanceIdentifier ?? "", state, context);
    const gone = async (): Promise<true | undefined> =>
      (await describe(id, state.identifier, context)) ? undefined : true;
    await context.until(gone, readyWithinSeconds, `${id} to be deleted`);
  },
});

/** The provider refuses before AWS does: a final snapshot needs a name. */
async function requestDeletion(identifier: string, state: State, context: HandlerContext): Promise<void> {
  const { skipFinalSnapshot = false, finalSnapshotIdentifier, deleteAutomatedBackups = true } = state;
  if (!skipFinalSnapshot && !finalSnapshotIdentifier) {
    throw new Error(`final_snapshot_identifier is required when skip_final_snapshot is false (database ${identifier})`);
  }
  const command = new DeleteDBInstanceCommand({
    DBInstanceIdentifier: identifier,
    DeleteAutomatedBackups: deleteAutomatedBackups,
    ...(skipFinalSnapshot ? { SkipFinalSnapshot: true } : { FinalDBSnapshotIdentifier: finalSnapshotIdentifier }),
  });
  try {
    await context.client(RDSClient).send(command);
  } catch (error) {
    const alreadyGoing =
      errorCode(error).startsWith("InvalidDBInstanceState") && /deleting|being deleted/i.test(String(error));
    if (!isMissing(error) && !alreadyGoing) throw error;
  }
}

async function describe(
  id: string,
  identifier: string | undefined,
  context: HandlerContext,
): Promise<DBInstance | undefined> {
  const rds = context.client(RDSClient);
  if (identifier) {
    const byName = await orMissing(rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier })));
    const found = byName?.DBInstances?.[0];
    // Another database may have taken the name since.
    if (!id.startsWith("db-") || found?.DbiResourceId === id) return found;
  }
  const byId = { Filters: [{ Name: "dbi-resource-id", Values: [id] }] };
  const request = id.startsWith("db-") ? byId : { DBInstanceIdentifier: id };
  return (await orMissing(rds.send(new DescribeDBInstancesCommand(request))))?.DBInstances?.[0];
}

/** The provider waits for no more: storage is optimised while the database is used ("Viewing DB instance status"). */
const usable: ReadonlySet<string> = new Set(["available", "storage-optimization"]);

function untilReady(identifier: string, context: HandlerContext): Promise<DBInstance> {
  const ready = async (): Promise<DBInstance | undefined> => {
    const found = await describe(identifier, undefined, context);
    return usable.has(found?.DBInstanceStatus ?? "") ? found : undefined;
  };
  return context.until(ready, readyWithinSeconds, `database ${identifier} to be available`);
}

/** Only what differs: ModifyDBInstance restarts or resizes for some settings even when they are the same. */
function changedSettings(state: State, inputs: RdsInstanceInputs): Partial<ModifyDBInstanceCommandInput> {
  const before: Readonly<Record<string, object>> = changeableSettings(state);
  const changes = Object.entries(changeableSettings(inputs)).filter(
    ([property, setting]) =>
      inputs[property as keyof RdsInstanceInputs] !== undefined && !isSame(before[property], setting),
  );
  return Object.assign({}, ...changes.map(([, setting]) => setting)) as Partial<ModifyDBInstanceCommandInput>;
}
