import { exitCodes, SlipwayError } from "../model/errors";
import type { Points } from "../ports/points";
import { absent, type Store } from "../ports/store";
import { pointForm } from "./point-form";
import { recordAt, recordsAt, recordText } from "./read-record";
import { pointKey, pointsPrefix, type RecordScope } from "./record-keys";

export interface StoredPointsOptions extends RecordScope {
  readonly store: Store;
}

/** One object for each rollback point. */
export function storedPoints({ store, ...scope }: StoredPointsOptions): Points {
  return {
    async add(point) {
      const key = pointKey(scope, point.id);
      if ((await store.put(key, recordText(point), absent)).kind === "ok") return;
      // A release that was killed after it had written its point writes it again.
      const there = await recordAt(pointForm, store, key);
      if (there?.record.release === point.release && point.release !== null) return;
      throw new SlipwayError({
        code: "point-exists",
        exitCode: exitCodes.failed,
        message: `There is already a rollback point ${point.id} in ${scope.stack}.`,
        remedy: `See \`slipway rollback-points list ${scope.stack}\`.`,
      });
    },
    async list() {
      const found = await recordsAt(pointForm, store, await store.list(pointsPrefix(scope)));
      // An id tells when its release began; of two that overlap the other one may have succeeded later.
      return [...found].sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.id < b.id ? 1 : -1));
    },
    async remove(id) {
      const stored = await store.get(pointKey(scope, id));
      // A conflict says that somebody else has removed it: a point is never changed.
      if (stored !== undefined) await store.delete(pointKey(scope, id), stored.version);
    },
  };
}
