/** What a container's health check does, as far as its command tells. */
export type HealthProbe =
  /** Asks the container itself. */
  | { readonly kind: "fetch"; readonly port: number; readonly path: string; readonly mustSucceed: boolean }
  | { readonly kind: "exit"; readonly code: number }
  /** Passes while the program runs and is not made unhealthy. */
  | { readonly kind: "alive" };

const localUrl = /(https?):\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::(\d{1,5}))?(\/[^\s"'`|;&)]*)?/;

/** Reads `["CMD-SHELL", "curl -f http://localhost/ || exit 1"]` or `["CMD", "wget", ...]`. */
export function healthProbe(command: readonly string[]): HealthProbe {
  const [kind, ...words] = command;
  const text = (kind === "CMD" || kind === "CMD-SHELL" ? words : command).join(" ").trim();
  const fixed = /^(?:exit (\d{1,3})|(true)|(false))$/.exec(text);
  if (fixed) return { kind: "exit", code: fixed[2] ? 0 : fixed[3] ? 1 : Number(fixed[1]) };
  // Whatever comes before, the shell ends well.
  if (/\|\|\s*(?:exit 0|true)$/.test(text)) return { kind: "exit", code: 0 };
  const url = localUrl.exec(text);
  if (!url) return { kind: "alive" };
  const port = url[2] === undefined ? (url[1] === "https" ? 443 : 80) : Number(url[2]);
  // curl is content with any answer unless it is told to fail.
  const isContent = /\bcurl\b/.test(text) && !/\s(?:-[a-zA-Z]*f[a-zA-Z]*|--fail(?:-with-body)?)(?:\s|$)/.test(text);
  return { kind: "fetch", port, path: url[3] ?? "/", mustSucceed: !isContent };
}
