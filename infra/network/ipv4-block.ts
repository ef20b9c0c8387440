/** An IPv4 block as numbers, so that it can be compared and cut. */
export interface Ipv4Block {
  /** First address, 0 to 2^32 - 1. */
  readonly first: number;
  /** Length of the network part, 0 to 32 bits. */
  readonly prefix: number;
}

/** `10.0.0.0/16` as numbers. The text must be a block: configuration is checked before. */
export function parseBlock(text: string): Ipv4Block {
  const [address = "", prefix = ""] = text.split("/");
  return { first: address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0), prefix: Number(prefix) };
}

export function formatBlock({ first, prefix }: Ipv4Block): string {
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${bytes.join(".")}/${prefix}`;
}

/** Number of addresses. */
export const sizeOf = ({ prefix }: Ipv4Block): number => 2 ** (32 - prefix);

/** The block that begins where a block of its size may begin; `10.0.0.1/16` becomes `10.0.0.0/16`. */
export const aligned = (block: Ipv4Block): Ipv4Block => ({
  first: block.first - (block.first % sizeOf(block)),
  prefix: block.prefix,
});

export const contains = (outer: Ipv4Block, inner: Ipv4Block): boolean =>
  inner.first >= outer.first && inner.first + sizeOf(inner) <= outer.first + sizeOf(outer);

export const overlap = (one: Ipv4Block, other: Ipv4Block): boolean =>
  one.first < other.first + sizeOf(other) && other.first < one.first + sizeOf(one);
