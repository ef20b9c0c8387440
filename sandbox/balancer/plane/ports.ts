/**
 * Ports for listeners: below the range that Linux gives to outgoing connections (32768-60999), above what services
 * usually take. Every load balancer has a block of its own, so that its 80 and 443 stand side by side.
 */
const firstPort = 18_000;
const blocks = 500;
const blockSize = 20;

/** TABLE of the places of well-known ports in a block; the others share the rest. */
const places: Readonly<Record<number, number>> = { 80: 0, 443: 1 };

/**
 * Ports to try for a listener, the wanted one first: the same load balancer gets the same port in every sandbox, as
 * long as nobody else has it. The last one is 0: any that is free.
 */
export function portsToTry(balancer: string, port: number): readonly number[] {
  const place = places[port] ?? 2 + (port % (blockSize - 2));
  const block = hash(balancer) % blocks;
  return [...Array.from({ length: tries }, (_, step) => firstPort + ((block + step) % blocks) * blockSize + place), 0];
}

const tries = 50;

/** FNV-1a of 32 bits. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return sum;
}
