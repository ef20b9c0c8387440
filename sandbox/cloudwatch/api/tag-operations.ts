import { z } from "zod";
import { AwsFault } from "../../model/aws-fault";
import type { Scope } from "../../model/scope";
import type { Input, Operation } from "../../model/service-api";
import type { Alarm } from "../alarms/alarm";
import type { AlarmBook } from "../alarms/alarm-book";
import { checked, list, tags, text } from "./input";

const ofResource = z.object({ ResourceARN: text(1, 1024) });
const tagResource = ofResource.extend({ Tags: tags });
const untagResource = ofResource.extend({ TagKeys: list(text(1, 128)) });

/** Tags of alarms: nothing else of CloudWatch has tags here. */
export function tagOperations(book: AlarmBook): Readonly<Record<string, Operation>> {
  const change = (scope: Scope, arn: string, edit: (tags: Record<string, string>) => Record<string, string>): void => {
    const alarm = found(book, scope, arn);
    book.save({ ...alarm, tags: edit({ ...alarm.tags }) });
  };
  return {
    TagResource: {
      kind: "own",
      answer(input: Input, scope) {
        const { ResourceARN, Tags } = checked(tagResource, input, "InvalidParameterValue");
        change(scope, ResourceARN, (old) => ({
          ...old,
          ...Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
        }));
        return {};
      },
    },
    UntagResource: {
      kind: "own",
      answer(input: Input, scope) {
        const { ResourceARN, TagKeys } = checked(untagResource, input, "InvalidParameterValue");
        change(scope, ResourceARN, (old) =>
          Object.fromEntries(Object.entries(old).filter(([key]) => !TagKeys.includes(key))),
        );
        return {};
      },
    },
    ListTagsForResource: {
      kind: "own",
      answer(input: Input, scope) {
        const { ResourceARN } = checked(ofResource, input, "InvalidParameterValue");
        const { tags: known } = found(book, scope, ResourceARN);
        return { Tags: Object.entries(known).map(([Key, Value]) => ({ Key, Value })) };
      },
    },
  };
}

function found(book: AlarmBook, scope: Scope, arn: string): Alarm {
  const alarm = arn.startsWith("arn:") ? book.find(scope, arn) : undefined;
  if (!alarm) throw new AwsFault("ResourceNotFoundException", `The resource ${arn} does not exist.`, 404);
  return alarm;
}
