/** What a pull needs of a repository policy (ECR user guide, repository policies). */
const needed = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/** True when the policy of a repository lets this account pull. Conditions are not looked at. */
export function allowsPull(policyText: string, account: string): boolean {
  const statements = statementsOf(policyText);
  const by = (effect: string, action: string): boolean =>
    statements.some(
      (one) => one["Effect"] === effect && names(one["Principal"], account) && covers(one["Action"], action),
    );
  return needed.every((action) => by("Allow", action) && !by("Deny", action));
}

type Statement = Readonly<Record<string, unknown>>;

function statementsOf(text: string): readonly Statement[] {
  try {
    const { Statement: found } = JSON.parse(text) as { Statement?: unknown };
    return listOf(found).filter((one): one is Statement => typeof one === "object" && one !== null);
  } catch {
    return [];
  }
}

function names(principal: unknown, account: string): boolean {
  const accounts = typeof principal === "object" && principal !== null ? (principal as Statement)["AWS"] : principal;
  return listOf(accounts).some(
    (one) => one === "*" || one === account || (typeof one === "string" && one.startsWith(`arn:aws:iam::${account}:`)),
  );
}

function covers(actions: unknown, action: string): boolean {
  return listOf(actions).some((one) => {
    if (typeof one !== "string") return false;
    const pattern = one
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*/g, ".*")
      .replace(/\?/g, ".");
    return new RegExp(`^${pattern}$`, "i").test(action);
  });
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
