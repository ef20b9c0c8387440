import { watch } from "node:fs";

/** When `isSo`, which is asked now and at every change in the folder. */
export function until(folder: string, isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, () => look());
    const look = (): void => {
      if (!isSo()) return;
      watcher.close();
      resolve();
    };
    look();
  });
}
