import type { Store } from "../ports/store";
import { fileStore } from "./file-store";
import type { RecordsPlace } from "./records-place";
import { s3Store } from "./s3-store";

export function openStore(place: RecordsPlace): Store {
  switch (place.kind) {
    case "file":
      return fileStore(place.folder);
    case "s3":
      return s3Store(place);
  }
}
