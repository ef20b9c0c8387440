/**
 * Writes a value as CBOR, as the Smithy RPC v2 CBOR protocol wants it: dates as tag 1 around seconds, lengths known, what
 * is undefined left out.
 */
export function encodeCbor(value: unknown): Buffer {
  const chunks: Buffer[] = [];
  write(value, chunks);
  return Buffer.concat(chunks);
}

function write(value: unknown, chunks: Buffer[]): void {
  if (typeof value === "string") {
    const text = Buffer.from(value);
    chunks.push(head(3, text.length), text);
  } else if (typeof value === "number") chunks.push(number(value));
  else if (typeof value === "bigint") chunks.push(number(Number(value)));
  else if (typeof value === "boolean") chunks.push(Buffer.from([value ? 0xf5 : 0xf4]));
  else if (value instanceof Date) chunks.push(head(6, 1), number(value.getTime() / 1000));
  else if (value instanceof Uint8Array) chunks.push(head(2, value.length), Buffer.from(value));
  else if (Array.isArray(value)) {
    chunks.push(head(4, value.length));
    for (const member of value) write(member, chunks);
  } else if (typeof value === "object" && value !== null) {
    const all: readonly [string, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
    const entries = all.filter(([, member]) => member !== undefined);
    chunks.push(head(5, entries.length));
    for (const [name, member] of entries) {
      write(name, chunks);
      write(member, chunks);
    }
  } else chunks.push(Buffer.from([0xf6]));
}

function number(value: number): Buffer {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return value < 0 ? head(1, -1 - value) : head(0, value);
  const bytes = Buffer.alloc(9);
  bytes[0] = 0xfb;
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

/** A major type with its length (or value, or tag) in as few bytes as it takes. */
function head(major: number, length: number): Buffer {
  const first = major << 5;
  if (length < 24) return Buffer.from([first | length]);
  if (length < 0x100) return Buffer.from([first | 24, length]);
  if (length < 0x10000) return Buffer.from([first | 25, length >> 8, length & 0xff]);
  const bytes = Buffer.alloc(length < 0x100000000 ? 5 : 9);
  bytes[0] = first | (bytes.length === 5 ? 26 : 27);
  if (bytes.length === 5) bytes.writeUInt32BE(length, 1);
  else bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}
