/** Type token and name in a resource's URN: `urn:pulumi:<stack>::<project>::<parents>$<type>::<name>`. */
export function parseUrn(urn: string): { readonly type: string; readonly name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.split("$").at(-1) ?? types, name: name.join("::") };
}
