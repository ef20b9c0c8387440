/** Anything deeper is no request of AWS, and would use up the stack. */
const maxDepth = 64;

/** 2^512: larger whole numbers are nobody's metric. */
const maxBigBytes = 64;

/**
 * Reads one value of CBOR (RFC 8949). Written here because the input comes from anybody: every length is checked against
 * what is there before anything is made of it, so that no few bytes can ask for hours or gigabytes.
 *
 * Tag 1 becomes a Date, a big or decimal number a number or bigint; other tags are dropped.
 *
 * @throws Error that says what is wrong with the bytes
 */
export function decodeCbor(bytes: Buffer): unknown {
  const reader: Reader = { bytes, at: 0 };
  const value = read(reader, 0);
  if (reader.at !== bytes.length) throw new Error(`unexpected bytes after the value, at ${reader.at}`);
  return value;
}

interface Reader {
  readonly bytes: Buffer;
  at: number;
}

/** Ends an array, map or text of unknown length. */
const stop = Symbol("stop");

function read(reader: Reader, depth: number): unknown {
  const value = readOrStop(reader, depth);
  if (value === stop) throw new Error(`unexpected end of a sequence at ${reader.at}`);
  return value;
}

function readOrStop(reader: Reader, depth: number): unknown {
  if (depth > maxDepth) throw new Error(`nested deeper than ${maxDepth}`);
  const head = take(reader, 1)[0] ?? 0;
  const major = head >> 5;
  const minor = head & 31;
  if (major === 7) return special(reader, minor);
  const length = minor === 31 ? undefined : count(reader, minor);
  switch (major) {
    case 0:
      return simplest(known(length));
    case 1:
      return simplest(-1n - known(length));
    case 2:
      return pieces(reader, length, major, depth);
    case 3:
      return pieces(reader, length, major, depth).toString();
    case 4:
      return list(reader, length, depth);
    case 5:
      return map(reader, length, depth);
    default:
      return tagged(known(length), read(reader, depth + 1));
  }
}

function take(reader: Reader, length: number): Buffer {
  if (length > reader.bytes.length - reader.at) throw new Error(`unexpected end at ${reader.bytes.length}`);
  reader.at += length;
  return reader.bytes.subarray(reader.at - length, reader.at);
}

function count(reader: Reader, minor: number): bigint {
  if (minor < 24) return BigInt(minor);
  if (minor === 24) return BigInt(take(reader, 1).readUInt8());
  if (minor === 25) return BigInt(take(reader, 2).readUInt16BE());
  if (minor === 26) return BigInt(take(reader, 4).readUInt32BE());
  if (minor === 27) return take(reader, 8).readBigUInt64BE();
  throw new Error(`unknown length ${minor} at ${reader.at}`);
}

function known(length: bigint | undefined): bigint {
  if (length === undefined) throw new Error("a number without a length");
  return length;
}

/** Each member of anything takes a byte at least, so a longer one is not all there. */
function within(reader: Reader, length: bigint): number {
  if (length > BigInt(reader.bytes.length - reader.at)) throw new Error(`unexpected end at ${reader.bytes.length}`);
  return Number(length);
}

const simplest = (value: bigint): number | bigint => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
};

/** Bytes or a text, which may come in pieces of its own kind. */
function pieces(reader: Reader, length: bigint | undefined, major: number, depth: number): Buffer {
  if (length !== undefined) return take(reader, within(reader, length));
  const found: Buffer[] = [];
  while (reader.bytes[reader.at] !== 0xff) {
    const head = take(reader, 1)[0] ?? 0;
    if (head >> 5 !== major || (head & 31) === 31) throw new Error(`a piece of another kind at ${reader.at}`);
    found.push(pieces(reader, count(reader, head & 31), major, depth + 1));
  }
  reader.at += 1;
  return Buffer.concat(found);
}

function list(reader: Reader, length: bigint | undefined, depth: number): unknown[] {
  const found: unknown[] = [];
  const end = length === undefined ? Infinity : within(reader, length);
  while (found.length < end) {
    const value = length === undefined ? readOrStop(reader, depth + 1) : read(reader, depth + 1);
    if (value === stop) break;
    found.push(value);
  }
  return found;
}

function map(reader: Reader, length: bigint | undefined, depth: number): Record<string, unknown> {
  const found: [string, unknown][] = [];
  const end = length === undefined ? Infinity : within(reader, length);
  while (found.length < end) {
    const key = length === undefined ? readOrStop(reader, depth + 1) : read(reader, depth + 1);
    if (key === stop) break;
    if (typeof key !== "string") throw new Error(`a key that is no text at ${reader.at}`);
    found.push([key, read(reader, depth + 1)]);
  }
  return Object.fromEntries(found);
}

function tagged(tag: bigint, value: unknown): unknown {
  if (tag === 1n && typeof value === "number") return new Date(value * 1000);
  if ((tag === 2n || tag === 3n) && value instanceof Buffer) return big(value, tag === 3n);
  if (tag === 4n && Array.isArray(value)) return Number(`${String(value[1])}e${String(value[0])}`);
  return value;
}

function big(bytes: Buffer, isNegative: boolean): number | bigint {
  if (bytes.length > maxBigBytes) throw new Error(`a number of ${bytes.length} bytes`);
  const value = BigInt(`0x0${bytes.toString("hex")}`);
  return simplest(isNegative ? -1n - value : value);
}

function special(reader: Reader, minor: number): unknown {
  switch (minor) {
    case 20:
      return false;
    case 21:
      return true;
    case 22:
    case 23:
      return null;
    case 25:
      return half(take(reader, 2).readUInt16BE());
    case 26:
      return take(reader, 4).readFloatBE();
    case 27:
      return take(reader, 8).readDoubleBE();
    case 31:
      return stop;
    default:
      throw new Error(`unknown special value ${minor} at ${reader.at}`);
  }
}

/** RFC 8949, appendix D. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
