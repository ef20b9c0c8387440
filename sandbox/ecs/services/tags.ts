import type { Moto } from "../../model/moto";
import { scopeOf, type Scope } from "../../model/scope";
import type { Answer, Input, Operation } from "../../model/service-api";
import { checkTags } from "./check-settings";
import { faults } from "./faults";
import { inputs, parse } from "./inputs";
import { ecsTarget } from "./lookups";
import type { ServiceBook } from "./service-book";

type Tags = readonly { readonly key: string; readonly value: string }[];

/** Tags of tasks, kept by those who run them. */
export interface TaskTags {
  /** Undefined for a task that is not there. */
  read(taskArn: string): Tags | undefined;
  write(taskArn: string, tags: Tags): void;
}

/** Tags of services and tasks are kept here, those of everything else (clusters, task definitions, ...) in moto. */
export function tagOperations(
  book: ServiceBook,
  moto: Pick<Moto, "call">,
  taskTags: TaskTags | undefined,
): Readonly<Record<"TagResource" | "UntagResource" | "ListTagsForResource", Operation>> {
  const ownerOf = (arn: string): Owner | undefined => {
    const kind = arn.split(":")[5]?.split("/")[0];
    if (kind === "service") return serviceOwner(book, arn);
    if (kind === "task" && taskTags) return taskOwner(taskTags, arn);
    return undefined;
  };
  const otherwise = async (operation: string, input: Input, scope: Scope): Promise<Answer> =>
    moto.call(scope, "ecs", ecsTarget(operation), input);

  return {
    TagResource: {
      kind: "own",
      async answer(raw, caller) {
        const { resourceArn, tags } = parse(inputs.tagResource, raw);
        checkArn(resourceArn);
        const owner = ownerOf(resourceArn);
        if (!owner) return otherwise("TagResource", raw, caller);
        checkTags(tags);
        const added = tags.map(({ key, value }) => ({ key, value }));
        const kept = owner.tags.filter(({ key }) => !added.some((one) => one.key === key));
        checkTags([...kept, ...added].filter(({ key }) => !/^aws:/i.test(key)));
        owner.write([...kept, ...added]);
        return {};
      },
    },
    UntagResource: {
      kind: "own",
      async answer(raw, caller) {
        const { resourceArn, tagKeys } = parse(inputs.untagResource, raw);
        checkArn(resourceArn);
        const owner = ownerOf(resourceArn);
        if (!owner) return otherwise("UntagResource", raw, caller);
        owner.write(owner.tags.filter(({ key }) => !tagKeys.includes(key)));
        return {};
      },
    },
    ListTagsForResource: {
      kind: "own",
      async answer(raw, caller) {
        const { resourceArn } = parse(inputs.listTags, raw);
        checkArn(resourceArn);
        const owner = ownerOf(resourceArn);
        return owner ? { tags: owner.tags } : otherwise("ListTagsForResource", raw, caller);
      },
    },
  };
}

interface Owner {
  readonly tags: Tags;
  write(tags: Tags): void;
}

function serviceOwner(book: ServiceBook, arn: string): Owner {
  const record = book.arn(arn);
  if (!record) throw faults.resourceNotFound();
  if (record.status === "INACTIVE") {
    throw faults.invalid("The specified service is inactive. Specify an active service and try again.");
  }
  return { tags: record.tags, write: (tags) => book.put({ ...record, tags }) };
}

function taskOwner(taskTags: TaskTags, arn: string): Owner {
  const tags = taskTags.read(arn);
  if (!tags) throw faults.resourceNotFound();
  return { tags, write: (after) => taskTags.write(arn, after) };
}

function checkArn(arn: string): void {
  if (!arn.startsWith("arn:aws:ecs:") || !scopeOf(arn)) throw faults.invalid("The specified ARN is invalid.");
}
