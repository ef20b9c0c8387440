import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

/** The Chromium of this machine; undefined when there is none. */
export const browserPath = (): string | undefined =>
  [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
    (path) => path !== undefined && existsSync(path),
  );

/** Without a window, and without a word to the world outside this machine. */
export const openBrowser = async (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
