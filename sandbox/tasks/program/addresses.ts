/** Addresses of one second octet: 127.x.0.1 to 127.x.255.254. */
const perOctet = 256 * 254;

/** Gives each task an address of its own in 127/8, which all answers on this machine. */
export class Addresses {
  private next = 0;
  private readonly taken = new Set<string>();
  private readonly octet: number;

  /** @param secondOctet 1 to 254; sandboxes on one machine have different ones */
  constructor(secondOctet: number) {
    this.octet = 1 + (Math.abs(Math.trunc(secondOctet) - 1) % 254);
  }

  /** An address that no task has. The one that was given back last comes last again, as ECS' do. */
  take(): string {
    for (let tries = 0; tries < perOctet; tries++) {
      const at = this.next;
      this.next = (this.next + 1) % perOctet;
      const ip = `127.${this.octet}.${Math.floor(at / 254)}.${1 + (at % 254)}`;
      if (this.taken.has(ip)) continue;
      this.taken.add(ip);
      return ip;
    }
    throw new Error("All addresses of the sandbox are taken.");
  }

  giveBack(ip: string): void {
    this.taken.delete(ip);
  }
}
